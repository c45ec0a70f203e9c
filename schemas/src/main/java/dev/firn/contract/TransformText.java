package dev.firn.contract;

import dev.firn.config.Closest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Partition transforms as contracts write them. */
final class TransformText {
    private static final List<String> NAMES =
            Arrays.stream(Transform.values()).map(Transform::text).toList();

    private TransformText() {}

    /** @throws IllegalArgumentException says what is wrong with it */
    static PartitionTransform parse(String text) {
        Call call = Call.of(text);
        if (call.inside().isEmpty() && !text.contains("(")) {
            return new PartitionTransform(Transform.IDENTITY, 0, call.name());
        }
        if (!NAMES.contains(call.name())) {
            throw new IllegalArgumentException(
                    "there is no such transform" + Closest.hint(call.name(), NAMES) + " Known: " + NAMES);
        }
        Transform transform = Transform.valueOf(call.name().toUpperCase(Locale.ROOT));
        return transform.takesParam()
                ? withParam(transform, call)
                : new PartitionTransform(transform, 0, call.arguments(1).get(0));
    }

    private static PartitionTransform withParam(Transform transform, Call call) {
        List<String> arguments = call.arguments(2);
        int param = RuleText.count(arguments.get(0));
        if (param == 0) {
            throw new IllegalArgumentException("its number must be above 0");
        }
        return new PartitionTransform(transform, param, arguments.get(1));
    }
}
