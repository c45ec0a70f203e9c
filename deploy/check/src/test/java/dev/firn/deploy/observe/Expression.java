package dev.firn.deploy.observe;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * An expression of PromQL, as far as it says what it needs.
 *
 * @param text of it
 */
public record Expression(String text) {
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\b\\s*(?:\\(([^)]*)\\))?");
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][\\w:]*)\\s*(\\{[^}]*}|\\()?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"[^\"]*\"");
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset", "atan2");

    /** Of series that are selected, by metric and label: {@code metric} and {@code metric{label}}. */
    public Set<String> needs() {
        var needs = new TreeSet<String>();
        SELECTOR.matcher(GROUPING.matcher(RANGE.matcher(text).replaceAll("")).replaceAll(" "))
                .results()
                .filter(Expression::isSelector)
                .forEach(selector -> addTo(needs, selector));
        return needs;
    }

    /** The labels that results are grouped and joined by. */
    public Set<String> groupings() {
        var labels = new TreeSet<String>();
        GROUPING.matcher(text)
                .results()
                .filter(grouping -> grouping.group(1) != null)
                .forEach(grouping ->
                        WORD.matcher(grouping.group(1)).results().forEach(label -> labels.add(label.group())));
        return labels;
    }

    private static boolean isSelector(MatchResult match) {
        return !"(".equals(match.group(2)) && !OPERATORS.contains(match.group(1)) && !isRecorded(match.group(1));
    }

    /** By Prometheus itself, by a rule. */
    private static boolean isRecorded(String metric) {
        return metric.contains(":");
    }

    private static void addTo(Set<String> needs, MatchResult selector) {
        needs.add(selector.group(1));
        if (selector.group(2) != null) {
            MATCHER.matcher(selector.group(2))
                    .results()
                    .forEach(matcher -> needs.add(selector.group(1) + "{" + matcher.group(1) + "}"));
        }
    }
}
