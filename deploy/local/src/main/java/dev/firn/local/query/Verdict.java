package dev.firn.local.query;

import java.util.List;

/** How tables compare with the truth. */
public record Verdict(int tables, int checked, List<Difference> differences) {
    public boolean holds() {
        return differences.isEmpty();
    }

    /** One line for people. */
    public String summary() {
        return holds()
                ? "verified: %d expectations hold over %d tables".formatted(checked, tables)
                : "NOT verified: %d of %d expectations over %d tables do not hold"
                        .formatted(differences.size(), checked, tables);
    }
}
