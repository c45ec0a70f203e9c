package dev.firn.processor.window;

import java.util.function.Supplier;

/** A kind of windows over events: what they need to know, and what rows become of it. */
public final class WindowKind {
    private final Supplier<Facts> facts;
    private final Supplier<WindowRows> rows;

    private WindowKind(Supplier<Facts> facts, Supplier<WindowRows> rows) {
        this.facts = facts;
        this.rows = rows;
    }

    /** Those of {@code gold.activity_by_minute}.
     *
     * @param schemaId under which the registry holds the contract
     */
    public static WindowKind minutes(int schemaId) {
        return new WindowKind(MinuteFacts::new, () -> new MinuteRows(schemaId));
    }

    /** Those of {@code gold.trending_products}.
     *
     * @param schemaId under which the registry holds the contract
     */
    public static WindowKind trends(int schemaId) {
        return new WindowKind(TrendFacts::new, () -> new TrendRows(schemaId));
    }

    /** Others for each caller. */
    Facts facts() {
        return facts.get();
    }

    /** Others for each caller. */
    WindowRows rows() {
        return rows.get();
    }
}
