package dev.firn.processor.quality;

import dev.firn.contract.FieldRule;
import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.ArrayList;
import java.util.List;

/** The rules that records are checked by, so that one count speaks of all of them. */
public final class Ruleset {
    private final byte[] packed;

    private Ruleset(byte[] packed) {
        this.packed = packed;
    }

    public static Ruleset of(List<FieldRule> rules) {
        Packer out = new Packer();
        rules.forEach(rule -> RuleName.of(rule).pack(out));
        return new Ruleset(out.toBytes());
    }

    /** Not to be changed. */
    byte[] packed() {
        return packed;
    }

    static List<RuleName> unpack(Unpacker in) {
        List<RuleName> rules = new ArrayList<>();
        while (in.hasMore()) {
            rules.add(RuleName.unpack(in));
        }
        return rules;
    }
}
