package dev.firn.sink.config;

import dev.firn.config.ConfigurationException;
import dev.firn.sink.consume.Share;
import dev.firn.sink.consume.Target;
import dev.firn.sink.decode.ValueFormat;
import dev.firn.sink.table.TableKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * How the configuration tells a topic's tables apart: {@code field->value=table,value=table,*=table}.
 *
 * @param values by the table's name, in order
 */
record ShareText(String topic, String field, Map<String, Set<String>> values) {
    private static final String REST = "*";

    static ShareText of(String topic, String text) {
        String[] parts = text.split("->", -1);
        if (parts.length != 2) {
            throw refused(topic, text);
        }
        Map<String, Set<String>> values = new LinkedHashMap<>();
        for (String each : parts[1].split(",", -1)) {
            String[] entry = each.split("=", -1);
            if (entry.length != 2 || entry[1].isBlank()) {
                throw refused(topic, text);
            }
            String value = entry[0].strip();
            String table = entry[1].strip();
            if (values.entrySet().stream()
                    .anyMatch(other ->
                            !other.getKey().equals(table) && other.getValue().contains(value))) {
                throw new ConfigurationException(
                        "firn.sink.shares." + topic + ": '" + value + "' goes to one table, not to several");
            }
            values.computeIfAbsent(table, name -> new HashSet<>()).add(value);
        }
        return new ShareText(topic, parts[0].strip(), values);
    }

    private static ConfigurationException refused(String topic, String text) {
        return new ConfigurationException("firn.sink.shares." + topic
                + " must be like 'type->purchase=shop.purchases,*=shop.others', not '" + text + "'");
    }

    /** The tables' shares; first of them who rejects what no table takes, or takes it. */
    List<Target> targets(Function<String, TableIdentifier> names) {
        boolean taken = values.values().stream().anyMatch(each -> each.contains(REST));
        List<Target> targets = new ArrayList<>();
        values.forEach((table, mine) -> {
            Share.Rest rest = Share.Rest.LEAVES;
            if (mine.contains(REST)) {
                rest = Share.Rest.TAKES;
            } else if (!taken && targets.isEmpty()) {
                rest = Share.Rest.REJECTS;
            }
            Target target = target(names.apply(table), mine, rest);
            targets.add(rest == Share.Rest.LEAVES ? targets.size() : 0, target);
        });
        return targets;
    }

    private Target target(TableIdentifier table, Set<String> mine, Share.Rest rest) {
        Set<String> others = new HashSet<>();
        values.values().forEach(others::addAll);
        others.removeAll(mine);
        others.remove(REST);
        // by value a record goes, not by key: rows are appended
        return new Target(
                table,
                TableKind.BRONZE,
                List.of(),
                ValueFormat.AVRO,
                Optional.of(new Share(topic, field, mine, others, rest)));
    }
}
