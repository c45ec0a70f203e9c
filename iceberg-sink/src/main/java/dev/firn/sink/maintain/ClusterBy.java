package dev.firn.sink.maintain;

import dev.firn.config.ConfigurationException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;

/**
 * What the rows of each partition of a table are ordered by. Files that are written in that order say so in their names, with the
 * run that they belong to: rows that were ordered together.
 *
 * @param interleaved by all columns alike, in Z-order, or by the first one, then by the next
 * @param columns by their ids
 */
record ClusterBy(boolean interleaved, List<Integer> columns) {
    /** In a table's properties: columns, with commas between them, or {@code zorder(column, column)}. */
    static final String PROPERTY = "firn.cluster-by";

    private static final Pattern ZORDER = Pattern.compile("(?i)zorder\\s*\\((.*)\\)");
    private static final Pattern NAME = Pattern.compile(".*-by-([zs](?:-\\d+)+)-run-([0-9a-f-]{36})\\.parquet");
    private static final int MOST_COLUMNS = 8;

    ClusterBy {
        columns = List.copyOf(columns);
    }

    /** As the table's properties say; empty if they don't.
     *
     * @throws ConfigurationException names the property, and what is wrong with it
     */
    static Optional<ClusterBy> of(Table table) {
        String text = table.properties().getOrDefault(PROPERTY, "").strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(parse(text, table.schema()));
    }

    /** Why rows can't be ordered as the table's properties say; empty if they can, or if they say nothing. */
    static Optional<String> refusal(Table table) {
        try {
            var unused = of(table);
            return Optional.empty();
        } catch (ConfigurationException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static ClusterBy parse(String text, Schema schema) {
        Matcher zorder = ZORDER.matcher(text);
        boolean interleaved = zorder.matches();
        List<Integer> columns = Arrays.stream((interleaved ? zorder.group(1) : text).split(",", -1))
                .map(name -> column(name.strip(), schema))
                .toList();
        if (columns.size() > MOST_COLUMNS || columns.stream().distinct().count() < columns.size()) {
            throw new ConfigurationException(
                    "%s names at most %d columns, each once, not '%s'".formatted(PROPERTY, MOST_COLUMNS, text));
        }
        return new ClusterBy(interleaved, columns);
    }

    private static int column(String name, Schema schema) {
        Types.NestedField field = name.isEmpty() ? null : schema.findField(name);
        if (field == null) {
            throw new ConfigurationException(
                    "%s must be columns of the table, or zorder(column, column): there is no column '%s'"
                            .formatted(PROPERTY, name));
        }
        if (OrderedBytes.width(field.type()) == 0 || schema.accessorForField(field.fieldId()) == null) {
            throw new ConfigurationException(
                    "%s: rows can't be ordered by '%s', which is %s".formatted(PROPERTY, name, field.type()));
        }
        return field.fieldId();
    }

    /** How the names of files end that are written in this order, but for their format. */
    String suffix(UUID run) {
        return "by-" + mark() + "-run-" + run;
    }

    private String mark() {
        return (interleaved ? "z-" : "s-")
                + columns.stream().map(String::valueOf).collect(Collectors.joining("-"));
    }

    /** Which run a file belongs to; empty if it is not written in this order. */
    Optional<String> run(String location) {
        Matcher name = NAME.matcher(location);
        return name.matches() && name.group(1).equals(mark()) ? Optional.of(name.group(2)) : Optional.empty();
    }

    /** How a file's name ends that is written in whichever order. */
    static Optional<String> suffix(String location) {
        Matcher name = NAME.matcher(location);
        return name.matches() ? Optional.of("by-" + name.group(1) + "-run-" + name.group(2)) : Optional.empty();
    }
}
