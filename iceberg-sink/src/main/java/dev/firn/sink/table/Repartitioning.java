package dev.firn.sink.table;

import dev.firn.contract.PartitionTransform;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.exceptions.ValidationException;

/**
 * The partitioning that a table is to have from now on, whatever it had. Files that are there keep theirs. Immutable.
 *
 * @param parts name columns of the table; none for no partitioning
 */
public record Repartitioning(List<PartitionTransform> parts) {
    /** A field of a spec, whatever its name and id. */
    private record Part(int column, String transform) {
        static Part of(PartitionField field) {
            return new Part(field.sourceId(), field.transform().toString());
        }
    }

    public Repartitioning {
        parts = List.copyOf(parts);
    }

    /** For a table that is made with the schema; empty if it can't be partitioned so. */
    Optional<PartitionSpec> in(Schema schema) {
        try {
            return Optional.of(Partitioning.of(parts, schema));
        } catch (IllegalArgumentException | ValidationException e) {
            // a column that is not there yet, or of another type
            return Optional.empty();
        }
    }

    /** Whether the table, as it will be, has no such partitioning, and can't have it. */
    public boolean isImpossible(TableShape shape) {
        return in(shape.schema()).isEmpty();
    }

    /** Whether the table has another partitioning, and could have this one. */
    public boolean isDue(TableShape shape) {
        return in(shape.schema())
                .filter(wanted -> !partsOf(wanted).equals(partsOf(shape.spec())))
                .isPresent();
    }

    private static Set<Part> partsOf(PartitionSpec spec) {
        return spec.fields().stream()
                .filter(field -> !field.transform().isVoid())
                .map(Part::of)
                .collect(Collectors.toSet());
    }

    /** Changes the table's spec, if it is due. */
    boolean addTo(Transaction transaction) {
        Table table = transaction.table();
        TableShape shape = TableShape.of(table);
        if (!isDue(shape)) {
            return false;
        }
        List<PartitionField> wanted = in(table.schema()).orElseThrow().fields();
        Set<Part> had = partsOf(table.spec());
        Set<Part> stay = wanted.stream().map(Part::of).collect(Collectors.toSet());
        UpdatePartitionSpec update = transaction.updateSpec();
        table.spec().fields().stream()
                .filter(field -> had.contains(Part.of(field)) && !stay.contains(Part.of(field)))
                .forEach(field -> update.removeField(field.name()));
        IntStream.range(0, parts.size())
                .filter(i -> !had.contains(Part.of(wanted.get(i))))
                .forEach(i -> update.addField(
                        name(parts.get(i), Part.of(wanted.get(i)), table), Partitioning.term(parts.get(i))));
        update.commit();
        return true;
    }

    /** One that no spec of the table has for something else. */
    private static String name(PartitionTransform part, Part wanted, Table table) {
        String name = Partitioning.name(part, table.schema());
        if (isTaken(name, wanted, table) && part.param() > 0) {
            name += "_" + part.param();
        }
        while (isTaken(name, wanted, table)) {
            name += "_";
        }
        return name;
    }

    private static boolean isTaken(String name, Part wanted, Table table) {
        return table.specs().values().stream()
                .flatMap(spec -> spec.fields().stream())
                .anyMatch(field -> field.name().equals(name) && !Part.of(field).equals(wanted));
    }

    @Override
    public String toString() {
        return parts.toString();
    }
}
