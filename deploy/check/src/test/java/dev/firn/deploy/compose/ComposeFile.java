package dev.firn.deploy.compose;

import dev.firn.deploy.Project;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * docker-compose.yml, with its variables replaced as Compose does it.
 *
 * @param root the whole file
 */
record ComposeFile(Map<String, Object> root) {
    private static final String FILE = "docker-compose.yml";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\$|\\$\\{(\\w+)(?::([-?])([^}]*))?}");
    private static final Pattern ASSIGNMENT = Pattern.compile("(?m)^(\\w+)=(.*)$");

    /** @throws IllegalArgumentException if a variable without a default is not given */
    static ComposeFile with(Map<String, String> variables) {
        return new ComposeFile(Project.yaml(interpolated(Project.text(FILE), variables)));
    }

    /** What .env.example gives. */
    static Map<String, String> exampleVariables() {
        return ASSIGNMENT
                .matcher(Project.text(".env.example"))
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
    }

    /** Each variable that the file refers to, with its text in the file. */
    static Map<String, String> variables() {
        var variables = new TreeMap<String, String>();
        VARIABLE.matcher(Project.text(FILE))
                .results()
                .filter(match -> match.group(1) != null)
                .forEach(match -> variables.put(match.group(1), match.group()));
        return variables;
    }

    Map<String, Map<String, Object>> services() {
        var services = new TreeMap<String, Map<String, Object>>();
        Project.map(root.get("services")).forEach((name, service) -> services.put(name, Project.map(service)));
        return services;
    }

    Map<String, Object> service(String name) {
        return Objects.requireNonNull(services().get(name), name);
    }

    Map<String, String> environment(String service) {
        var environment = new TreeMap<String, String>();
        Project.map(service(service).get("environment"))
                .forEach((name, value) -> environment.put(name, String.valueOf(value)));
        return environment;
    }

    private static String interpolated(String text, Map<String, String> variables) {
        return VARIABLE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match, variables)));
    }

    private static String value(MatchResult match, Map<String, String> variables) {
        var name = match.group(1);
        if (name == null) {
            return "$";
        }
        var value = variables.get(name);
        if (value == null && !"-".equals(match.group(2))) {
            throw new IllegalArgumentException("no " + name);
        }
        return value == null ? match.group(3) : value;
    }
}
