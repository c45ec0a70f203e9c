package dev.firn.deploy.observe;

import dev.firn.deploy.Project;
import java.util.List;
import java.util.Map;

/**
 * A rule that tells somebody.
 *
 * @param annotations what they are told
 */
public record Alert(String name, Expression expression, Map<String, Object> labels, Map<String, Object> annotations) {
    public static List<Alert> all() {
        return Project.files("deploy/prometheus/rules", ".yml").stream()
                .flatMap(file -> Project.list(Project.yaml(Project.text(file)).get("groups")).stream())
                .flatMap(group -> Project.list(Project.map(group).get("rules")).stream())
                .map(Project::map)
                .filter(rule -> rule.containsKey("alert"))
                .map(Alert::of)
                .toList();
    }

    private static Alert of(Map<String, Object> rule) {
        return new Alert(
                String.valueOf(rule.get("alert")),
                new Expression(String.valueOf(rule.get("expr"))),
                Project.map(rule.get("labels")),
                Project.map(rule.get("annotations")));
    }
}
