package dev.firn.sink.config;

import dev.firn.config.ConfigurationException;
import dev.firn.contract.PartitionTransform;
import dev.firn.sink.consume.Routes;
import dev.firn.sink.consume.Target;
import dev.firn.sink.decode.ValueFormat;
import dev.firn.sink.table.KeyFormat;
import dev.firn.sink.table.Repartitioning;
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
    private final Map<String, KeyFormat> keyFormats;
    private final Map<String, List<Target>> shared;
    private final Map<String, Repartitioning> partitionings;
    private final Map<String, String> branches;

    /**
     * Routes by names alone.
     *
     * @param entries of topics and tables
     * @param rules {@code prefix->prefix}
     * @param namespace for names without one
     * @param asTheyCame namespaces of tables that keep all that Kafka knows of a record
     */
    TopicRoutes(Entries entries, List<String> rules, String namespace, List<String> asTheyCame) {
        this.entries = Map.copyOf(entries.of(Entries.TABLES));
        this.partitionings = entries.of(Entries.PARTITION_BY).entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> partitioning(entry.getKey(), entry.getValue())));
        this.branches = Map.copyOf(entries.of(Entries.BRANCHES));
        this.rules = rules.stream().map(Rule::parse).toList();
        this.namespace = namespace;
        this.asTheyCame = Set.copyOf(asTheyCame);
        this.formats = entries.of(Entries.FORMATS).entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> format(entry.getKey(), entry.getValue())));
        this.keyFormats = entries.of(Entries.KEY_FORMATS).entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> keyFormat(entry.getKey(), entry.getValue())));
        this.shared = entries.of(Entries.SHARES).entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        entry -> ShareText.of(entry.getKey(), entry.getValue()).targets(this::table).stream()
                                .map(target -> entered(entry.getKey(), target))
                                .toList()));
        this.keys = entries.of(Entries.KEYS).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> Stream.of(entry.getValue().split(",", -1))
                                .map(String::strip)
                                .toList()));
        this.keys.keySet().forEach(this::requireRowsWithKey);
    }

    private void requireRowsWithKey(String topic) {
        if (target(topic).kind().isWhole()) {
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
        return entered(topic, new Target(table, kind, keys.getOrDefault(topic, List.of()), format, Optional.empty()));
    }

    /** With what else is said of the topic, and of the table. */
    private Target entered(String topic, Target target) {
        Target keyed = target.withKeys(keyFormats.getOrDefault(topic, KeyFormat.BYTES));
        Repartitioning wanted = partitionings.get(target.table().toString());
        Target partitioned = wanted == null ? keyed : keyed.partitioned(wanted);
        String branch = branches.get(target.table().toString());
        return branch == null ? partitioned : partitioned.onBranch(branch);
    }

    private static KeyFormat keyFormat(String topic, String name) {
        return Stream.of(KeyFormat.values())
                .filter(format -> format.name().equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        "firn.sink.key-formats." + topic + " must be avro, string, long or bytes, not '" + name + "'"));
    }

    private static Repartitioning partitioning(String table, String text) {
        try {
            return new Repartitioning(PartitionTransform.parseAll(text));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("firn.sink.partition-by." + table
                    + " must be like 'day(ordered_at), bucket(16, customer_id)', not '" + text + "': "
                    + e.getMessage());
        }
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
