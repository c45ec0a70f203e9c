package dev.firn.local.query;

import java.util.List;

/** How tables compare with the truth. */
public record Verdict(int tables, int checked, List<Difference> differences) {
    /** Whether something was expected, and all of it is so. */
    public boolean holds() {
        return checked > 0 && differences.isEmpty();
    }

    /** One line for people. */
    public String summary() {
        return holds()
                ? "verified: %d expectations hold over %d tables".formatted(checked, tables)
                : "NOT verified: %d of %d expectations over %d tables do not hold"
                        .formatted(differences.size(), checked, tables);
    }
}
