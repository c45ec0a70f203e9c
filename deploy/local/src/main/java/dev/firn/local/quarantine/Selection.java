package dev.firn.local.quarantine;

import dev.firn.quarantine.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which records of the quarantine table. All conditions that are given must hold. */
final class Selection {
    @Option(names = "--topic", paramLabel = "TOPIC", description = "That they were read from, first or again.")
    private @Nullable String topic;

    @Option(names = "--reason", paramLabel = "REASON", description = "One of ${COMPLETION-CANDIDATES}.")
    private @Nullable Reason reason;

    @Option(names = "--target", paramLabel = "TARGET", description = "The table or topic that they were meant for.")
    private @Nullable String target;

    @Option(names = "--since", paramLabel = "TIME", description = "Quarantined then or later: 2026-01-31T08:00:00Z.")
    private @Nullable Instant since;

    @Option(names = "--until", paramLabel = "TIME", description = "Quarantined before.")
    private @Nullable Instant until;

    Selection() {}

    Selection(@Nullable String topic) {
        this.topic = topic;
    }

    /** In SQL, over the rows of {@link QuarantineTable}. */
    String condition() {
        List<String> all = new ArrayList<>(List.of("true"));
        is(all, "first_topic", topic);
        is(all, "reason", reason == null ? null : reason.name());
        is(all, "target", target);
        if (since != null) {
            all.add("quarantined_at >= TIMESTAMPTZ " + text(since.toString()));
        }
        if (until != null) {
            all.add("quarantined_at < TIMESTAMPTZ " + text(until.toString()));
        }
        return String.join(" AND ", all);
    }

    private static void is(List<String> all, String column, @Nullable String wanted) {
        if (wanted != null) {
            all.add(column + " = " + text(wanted));
        }
    }

    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
