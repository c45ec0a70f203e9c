package dev.firn.sink.config;

import dev.firn.config.ConfigurationException;
import dev.firn.sink.consume.Routes;
import dev.firn.sink.consume.Target;
import dev.firn.sink.decode.ValueFormat;
import dev.firn.sink.table.TableKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Map<String, ValueFormat> formats;
    private final Map<String, List<Target>> shared;

    /**
     * Routes by names alone.
     *
     * @param entries table by topic
     * @param keys fields that identify a row, with commas between them, by topic
     * @param formats of values, by topic; Avro where there is none
     * @param shares {@code field->value=table,*=table}, by topic
     * @param rules {@code prefix->prefix}
     * @param namespace for names without one
     * @param asTheyCame namespaces of tables that keep all that Kafka knows of a record
     */
    TopicRoutes(
            Map<String, String> entries,
            Map<String, String> keys,
            Map<String, String> formats,
            Map<String, String> shares,
            List<String> rules,
            String namespace,
            List<String> asTheyCame) {
        this.entries = Map.copyOf(entries);
        this.rules = rules.stream().map(Rule::parse).toList();
        this.namespace = namespace;
        this.asTheyCame = Set.copyOf(asTheyCame);
        this.formats = formats.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> format(entry.getKey(), entry.getValue())));
        this.shared = shares.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        entry -> ShareText.of(entry.getKey(), entry.getValue()).targets(this::table)));
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
    public List<Target> others() {
        return shared.values().stream()
                .flatMap(targets -> targets.stream().skip(1))
                .toList();
    }

    private TableIdentifier table(String name) {
        return TableIdentifier.parse(name.contains(".") ? name : namespace + "." + name);
    }

    @Override
    public Target target(String topic) {
        List<Target> targets = shared.getOrDefault(topic, List.of());
        return targets.isEmpty() ? whole(topic) : targets.get(0);
    }

    private Target whole(String topic) {
        TableIdentifier table = table(entries.getOrDefault(topic, byRule(topic)));
        ValueFormat format = formats.getOrDefault(topic, ValueFormat.AVRO);
        // a value without fields means nothing without its key
        boolean whole = format != ValueFormat.AVRO
                || asTheyCame.contains(table.namespace().toString());
        TableKind kind = whole ? TableKind.BRONZE : TableKind.PLAIN;
        return new Target(table, kind, keys.getOrDefault(topic, List.of()), format, Optional.empty());
    }

    private static ValueFormat format(String topic, String name) {
        return Stream.of(ValueFormat.values())
                .filter(format -> format.name().equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        "firn.sink.formats." + topic + " must be avro, json, string or bytes, not '" + name + "'"));
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
