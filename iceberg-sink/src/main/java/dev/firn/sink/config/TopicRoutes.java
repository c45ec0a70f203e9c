package dev.firn.sink.config;

import dev.firn.config.ConfigurationException;
import dev.firn.sink.consume.Routes;
import dev.firn.sink.consume.Target;
import dev.firn.sink.table.TableKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.catalog.TableIdentifier;

/** Tables by entry, else by the first rule that fits, else by the topic's own name. */
final class TopicRoutes implements Routes {
    private final Map<String, String> entries;
    private final List<Rule> rules;
    private final String namespace;
    private final Set<String> asTheyCame;

    /**
     * Routes by names alone.
     *
     * @param entries table by topic
     * @param rules {@code prefix->prefix}
     * @param namespace for names without one
     * @param asTheyCame namespaces of tables that keep all that Kafka knows of a record
     */
    TopicRoutes(Map<String, String> entries, List<String> rules, String namespace, List<String> asTheyCame) {
        this.entries = Map.copyOf(entries);
        this.rules = rules.stream().map(Rule::parse).toList();
        this.namespace = namespace;
        this.asTheyCame = Set.copyOf(asTheyCame);
    }

    @Override
    public Target target(String topic) {
        String name = entries.getOrDefault(topic, byRule(topic));
        TableIdentifier table = TableIdentifier.parse(name.contains(".") ? name : namespace + "." + name);
        boolean whole = asTheyCame.contains(table.namespace().toString());
        return new Target(table, whole ? TableKind.BRONZE : TableKind.PLAIN);
    }

    private String byRule(String topic) {
        return rules.stream()
                .filter(rule -> topic.startsWith(rule.from()))
                .findFirst()
                .map(rule -> rule.to() + topic.substring(rule.from().length()))
                .orElse(topic);
    }

    private record Rule(String from, String to) {
        static Rule parse(String text) {
            String[] parts = text.strip().split("->", -1);
            if (parts.length != 2) {
                throw new ConfigurationException(
                        "firn.sink.naming must hold rules like 'raw.->bronze.', not '" + text + "'");
            }
            return new Rule(parts[0].strip(), parts[1].strip());
        }
    }
}
