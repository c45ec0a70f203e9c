package dev.firn.sink.commit;

import java.util.Map;
import java.util.Optional;

/** As whom a commit is made.
 *
 * @param owners of the sources that it is about
 * @param shutOut for rejects: by target, the table that others were shut out of before, empty if there was none; else empty
 */
public record Claims(Map<RejectSource, String> owners, Map<String, Optional<String>> shutOut) {
    public static final Claims NONE = new Claims(Map.of(), Map.of());

    public Claims {
        owners = Map.copyOf(owners);
        shutOut = Map.copyOf(shutOut);
    }

    static Claims of(Map<RejectSource, String> owners) {
        return new Claims(owners, Map.of());
    }

    /** Why a table with these properties must not take the commit; empty if it may. */
    public Optional<String> refusal(Map<String, String> properties) {
        return Owners.in(properties)
                .refusal(owners)
                .or(() -> shutOut.entrySet().stream()
                        .filter(target -> !target.getValue()
                                .equals(Optional.ofNullable(properties.get(TableRegister.PREFIX + target.getKey()))))
                        .map(target -> target.getKey() + ": not the table any more that others were shut out of")
                        .findFirst());
    }
}
