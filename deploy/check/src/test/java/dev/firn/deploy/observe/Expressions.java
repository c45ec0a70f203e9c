package dev.firn.deploy.observe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.deploy.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The expressions of all alerts and dashboards, by where they are. */
public final class Expressions {
    private Expressions() {}

    public static Map<String, Expression> all() {
        var all = new TreeMap<String, Expression>();
        Alert.all().forEach(alert -> all.put("alert " + alert.name(), alert.expression()));
        Project.files("deploy/grafana/dashboards", ".json")
                .forEach(file -> dashboard(file)
                        .findValues("expr")
                        .forEach(text ->
                                all.put(file.getFileName() + ": " + text.asText(), new Expression(text.asText()))));
        return all;
    }

    /** The series that choices of dashboards are made from, as {@code label_values(metric, label)}. */
    static List<String> choices() {
        var choices = new ArrayList<String>();
        Project.files("deploy/grafana/dashboards", ".json")
                .forEach(file -> dashboard(file).findValues("definition").forEach(text -> choices.add(text.asText())));
        return choices;
    }

    static JsonNode dashboard(Path file) {
        try {
            return new ObjectMapper().readTree(Project.text(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
