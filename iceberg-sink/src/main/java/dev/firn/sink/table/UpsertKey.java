package dev.firn.sink.table;

import dev.firn.contract.Contract;
import dev.firn.contract.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What identifies the rows of an upsert table. The table itself says so in its properties, so that whoever reads it knows.
 *
 * @param columns dotted names, in order
 */
public record UpsertKey(List<String> columns) {
    /** {@code upsert} in the properties of such a table. */
    public static final String MODE = "firn.mode";
    /** The key's columns, with commas between them. */
    public static final String KEY = "firn.key";

    public UpsertKey {
        columns = List.copyOf(columns);
    }

    /** The key by a contract; empty if its records are appended, as those of bronze tables are in any case. */
    public static Optional<UpsertKey> of(Contract contract, TableKind kind) {
        return !kind.isWhole() && contract.mode() == Mode.UPSERT
                ? Optional.of(new UpsertKey(contract.key().stream()
                        .map(field -> ColumnNames.path(contract.schema(), field))
                        .toList()))
                : Optional.empty();
    }

    /** The key that a table's properties tell. */
    public static Optional<UpsertKey> of(Map<String, String> properties) {
        return "upsert".equals(properties.get(MODE))
                ? Optional.ofNullable(properties.get(KEY)).map(key -> new UpsertKey(List.of(key.split(",", -1))))
                : Optional.empty();
    }

    /** The key of a table by what its properties tell, if it is of a kind that can have one. */
    public static Optional<UpsertKey> of(Map<String, String> properties, TableKind kind) {
        return kind.isWhole() ? Optional.empty() : of(properties);
    }

    /** As a table's properties. */
    public Map<String, String> properties() {
        return Map.of(MODE, "upsert", KEY, String.join(",", columns));
    }
}
