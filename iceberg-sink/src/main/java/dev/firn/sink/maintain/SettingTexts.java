package dev.firn.sink.maintain;

import dev.firn.config.ConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Settings as texts. What can't be read is refused by name. */
final class SettingTexts {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,13})\\s*(ms|s|m|h|d)");
    private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,8}");

    private static final int ALL = 100;

    private final String prefix;
    private final Map<String, String> texts;

    SettingTexts(String prefix, Map<String, String> texts, List<String> known) {
        this.prefix = prefix;
        this.texts = texts;
        texts.keySet().stream().filter(key -> !known.contains(key)).findFirst().ifPresent(key -> {
            throw new ConfigurationException(prefix + key + " is not known, there are " + known);
        });
    }

    boolean flag(String key, boolean otherwise) {
        String text = text(key, Boolean.toString(otherwise));
        if (!text.equals("true") && !text.equals("false")) {
            throw refusal(key, "true or false", text);
        }
        return text.equals("true");
    }

    int count(String key, int otherwise) {
        String text = text(key, Integer.toString(otherwise));
        if (!COUNT.matcher(text).matches()) {
            throw refusal(key, "a whole number of at least 1", text);
        }
        return Integer.parseInt(text);
    }

    int percent(String key, int otherwise) {
        int percent = count(key, otherwise);
        if (percent > ALL) {
            throw refusal(key, "at most " + ALL, text(key, ""));
        }
        return percent;
    }

    Duration duration(String key, Duration otherwise) {
        String text = text(key, otherwise.toMillis() + "ms");
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw refusal(key, "a time like 90s, 15m, 24h or 5d", text);
        }
        return unit(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }

    private String text(String key, String otherwise) {
        return texts.getOrDefault(key, otherwise).strip().toLowerCase(Locale.ROOT);
    }

    private ConfigurationException refusal(String key, String what, String is) {
        return new ConfigurationException("%s%s must be %s, not '%s'".formatted(prefix, key, what, is));
    }
}
