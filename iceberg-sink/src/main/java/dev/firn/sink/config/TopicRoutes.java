package dev.firn.sink.config;

import dev.firn.config.ConfigurationException;
import dev.firn.sink.consume.Routes;
import dev.firn.sink.consume.Target;
import dev.firn.sink.table.TableKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.TableIdentifier;

/** Tables by entry, else by the first rule that fits, else by the topic's own name. */
final class TopicRoutes implements Routes {
    private final Map<String, String> entries;
    private final List<Rule> rules;
    private final String namespace;
    private final Set<String> asTheyCame;
    private final Map<String, List<String>> keys;

    /**
     * Routes by names alone.
     *
     * @param entries table by topic
     * @param rules {@code prefix->prefix}
     * @param namespace for names without one
     * @param keys fields that identify a row, with commas between them, by topic
     * @param asTheyCame namespaces of tables that keep all that Kafka knows of a record
     */
    TopicRoutes(
            Map<String, String> entries,
            Map<String, String> keys,
            List<String> rules,
            String namespace,
            List<String> asTheyCame) {
        this.entries = Map.copyOf(entries);
        this.rules = rules.stream().map(Rule::parse).toList();
        this.namespace = namespace;
        this.asTheyCame = Set.copyOf(asTheyCame);
        this.keys = keys.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> Stream.of(entry.getValue().split(",", -1))
                                .map(String::strip)
                                .toList()));
        this.keys.keySet().forEach(this::requireRowsWithKey);
    }

    private void requireRowsWithKey(String topic) {
        if (target(topic).kind() == TableKind.BRONZE) {
            throw new ConfigurationException("firn.sink.keys." + topic + ": the topic goes to "
                    + target(topic).table() + ", whose rows are kept as they came and have no key");
        }
    }

    @Override
    public Target target(String topic) {
        String name = entries.getOrDefault(topic, byRule(topic));
        TableIdentifier table = TableIdentifier.parse(name.contains(".") ? name : namespace + "." + name);
        boolean whole = asTheyCame.contains(table.namespace().toString());
        return new Target(table, whole ? TableKind.BRONZE : TableKind.PLAIN, keys.getOrDefault(topic, List.of()));
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
