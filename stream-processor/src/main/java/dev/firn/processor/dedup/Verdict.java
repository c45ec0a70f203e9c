package dev.firn.processor.dedup;

import dev.firn.contract.FieldRule;
import java.util.ArrayList;
import java.util.List;

/** What is found against one record, by all rules together. */
final class Verdict {
    private List<FieldRule> failures;
    private final List<IdHash> ids = new ArrayList<>(1);
    private boolean duplicate;

    Verdict(List<FieldRule> failures) {
        this.failures = failures;
    }

    void add(FieldRule failure) {
        if (!(failures instanceof ArrayList)) {
            failures = new ArrayList<>(failures);
        }
        failures.add(failure);
    }

    /** An id of the record's, to be remembered if it goes on. */
    void holds(IdHash id) {
        ids.add(id);
    }

    List<IdHash> ids() {
        return ids;
    }

    /** The record itself has been seen before. */
    void foundAgain() {
        duplicate = true;
    }

    boolean isDuplicate() {
        return duplicate;
    }

    /** Errors and warnings. */
    List<FieldRule> failures() {
        return failures;
    }
}
