package dev.firn.sink.replay;

import dev.firn.quarantine.Reason;
import java.util.Optional;
import java.util.function.Predicate;

/** Why a record is not replayed. */
public enum Refusal {
    /** The sink orders a key's versions by one partition of one topic. */
    UPSERT_TABLE("the sink rejected it from a table of newest rows; send the newest version again instead"),
    /** Which of a topic's tables would take it is not known. */
    NO_ROUTE("no table takes its topic's records of that kind"),
    /** Its topic is gone, so nobody would read it. */
    NO_TOPIC("its topic is not there");

    private final String text;

    Refusal(String text) {
        this.text = text;
    }

    /** For people. */
    public String text() {
        return text;
    }

    static Optional<Refusal> of(QuarantinedRecord record, Predicate<String> isUpsert) {
        if (record.bySink() && record.reason() == Reason.NO_ROUTE) {
            return Optional.of(NO_ROUTE);
        }
        return record.bySink() && isUpsert.test(record.target()) ? Optional.of(UPSERT_TABLE) : Optional.empty();
    }
}
