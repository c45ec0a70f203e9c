package dev.firn.deploy.observe;

import dev.firn.deploy.Project;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What deploy/docs/metrics.md lists. */
public final class DocumentedMetrics {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(firn_\\w+)` \\|([^|]*)\\|([^|]*)\\|(.*)\\|$");
    private static final String RARE = "Only once it has happened";

    private DocumentedMetrics() {}

    public static Set<String> all() {
        return named("");
    }

    /** Those that each run reports. */
    public static Set<String> usual() {
        var usual = new TreeSet<>(all());
        usual.removeAll(rare());
        return usual;
    }

    /** Those that a run may have no reason to report. */
    public static Set<String> rare() {
        return named(RARE);
    }

    private static Set<String> named(String text) {
        var names = new TreeSet<String>();
        ROW.matcher(Project.text("deploy/docs/metrics.md"))
                .results()
                .filter(row -> row.group(4).contains(text))
                .forEach(row -> names.add(row.group(1)));
        return names;
    }
}
