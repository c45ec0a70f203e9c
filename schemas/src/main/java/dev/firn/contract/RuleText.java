package dev.firn.contract;

import dev.firn.config.Closest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules as contracts write them. */
final class RuleText {
    private static final String WARN = "warn:";
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

    private static final Map<String, Function<Call, Rule>> READERS = new TreeMap<>(Map.of(
            "not-blank", call -> plain(call, new Rule.NotBlank()),
            "email", call -> plain(call, new Rule.Email()),
            "range", RuleText::range,
            "one-of", RuleText::oneOf,
            "matches", RuleText::matches,
            "length", RuleText::length,
            "references", call -> new Rule.References(call.arguments(1).get(0)),
            "unique", call -> new Rule.Unique(duration(call.arguments(1).get(0))),
            "anomaly", RuleText::anomaly));

    private RuleText() {}

    static Severity severity(String text) {
        return text.strip().startsWith(WARN) ? Severity.WARNING : Severity.ERROR;
    }

    /** @throws IllegalArgumentException says what is wrong with it */
    static Rule parse(String text) {
        String stripped = text.strip();
        Call call = Call.of(stripped.startsWith(WARN) ? stripped.substring(WARN.length()) : stripped);
        Function<Call, Rule> reader = READERS.get(call.name());
        if (reader == null) {
            throw new IllegalArgumentException("there is no such rule" + Closest.hint(call.name(), READERS.keySet())
                    + " Known: " + READERS.keySet());
        }
        return reader.apply(call);
    }

    private static Rule plain(Call call, Rule rule) {
        call.arguments(0);
        return rule;
    }

    private static Rule range(Call call) {
        List<BigDecimal> ends = call.arguments(2).stream().map(RuleText::number).toList();
        if (ends.get(0).compareTo(ends.get(1)) > 0) {
            throw new IllegalArgumentException("the lower end is above the upper");
        }
        return new Rule.Range(ends.get(0), ends.get(1));
    }

    private static Rule oneOf(Call call) {
        Set<String> values = new LinkedHashSet<>(call.arguments());
        if (values.isEmpty() || values.contains("")) {
            throw new IllegalArgumentException("it takes values between commas");
        }
        return new Rule.OneOf(values);
    }

    private static Rule matches(Call call) {
        if (call.inside().isEmpty()) {
            throw new IllegalArgumentException("it takes a pattern");
        }
        // PatternSyntaxException is an IllegalArgumentException that says where the pattern is wrong
        return new Rule.Matches(Pattern.compile(call.inside()));
    }

    private static Rule length(Call call) {
        List<Integer> ends = call.arguments(2).stream().map(RuleText::count).toList();
        if (ends.get(0) > ends.get(1)) {
            throw new IllegalArgumentException("the lower end is above the upper");
        }
        return new Rule.Length(ends.get(0), ends.get(1));
    }

    private static Rule anomaly(Call call) {
        double threshold = number(call.arguments(1).get(0)).doubleValue();
        if (threshold <= 0) {
            throw new IllegalArgumentException("the threshold must be above 0");
        }
        return new Rule.Anomaly(threshold);
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a number", e);
        }
    }

    static int count(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException("'" + text + "' is not a count");
        }
        return Integer.parseInt(text);
    }

    private static Duration duration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a time like 500ms, 30s, 5m, 1h or 2d");
        }
        long amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
