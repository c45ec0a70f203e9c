package dev.firn.sink.commit;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Whether a table may take a proposal on the very base that the catalog compares and swaps. */
public final class Proof {
    private Proof() {}

    /** Why it may not; empty if it may.
     *
     * @param base ledger of that base
     * @param properties of that base
     */
    public static Optional<String> refusal(Proposal proposal, Ledger base, Map<String, String> properties) {
        return AgeFence.in(properties)
                .refusal(proposal)
                .or(() -> proposal.advance().claims().refusal(properties))
                .or(() -> base.refusal(proposal.advance()));
    }

    /**
     * Others who may have rejected records of sources that the table has nothing of: they may have seen no table to shut this one
     * out of. From now on they would, because a table is registered before its first row is written.
     *
     * <p>They have to be made the table's owners. To refuse because of them alone would be rash: an earlier attempt may be on its way
     * still, on a base that has not moved.
     *
     * @param base ledger of that base
     * @param rejecters who alone may commit rejects, as of when it is asked: only where it matters
     */
    public static Map<RejectSource, String> others(Advance advance, Ledger base, Supplier<Owners> rejecters) {
        boolean isFirst = advance.ranges().stream()
                .anyMatch(range -> base.end(range.source()).isEmpty());
        return isFirst ? rejecters.get().others(advance.claims().owners()) : new TreeMap<>();
    }
}
