package dev.firn.deploy.observe;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What services have told Prometheus. */
public final class Scrape {
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (firn_\\w+) ");

    private final Set<String> has = new TreeSet<>();
    private final Set<String> families = new TreeSet<>();

    public void add(String text) {
        SAMPLE.matcher(text).results().forEach(sample -> {
            var name = sample.group(1);
            has.add(name);
            // what Prometheus adds by itself
            has.add(name + "{job}");
            has.add(name + "{instance}");
            if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2)).results().forEach(label -> has.add(name + "{" + label.group(1) + "}"));
            }
        });
        FAMILY.matcher(text).results().forEach(family -> families.add(family.group(1)));
        has.addAll(Set.of("up", "up{job}", "up{instance}"));
    }

    /** What the expression needs, and was not told: metrics, their labels, and labels to group by. */
    public Set<String> missing(Expression expression) {
        var missing = new TreeSet<>(expression.needs());
        missing.removeAll(has);
        expression.groupings().stream()
                .filter(label -> expression.needs().stream().noneMatch(need -> has.contains(need + "{" + label + "}")))
                .forEach(label -> missing.add("{" + label + "}"));
        return missing;
    }

    /** The names of Firn's own metrics. */
    public Set<String> ownFamilies() {
        return Set.copyOf(families);
    }
}
