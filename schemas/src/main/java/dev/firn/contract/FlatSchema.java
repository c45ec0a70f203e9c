package dev.firn.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The schema of the flat rows that the records of a contract become, with a contract of its own: every nested field as
 * {@code parent_child}, arrays and maps whole, dropped fields left out; key, event time, partitioning and mode by the new
 * names. Rules and treatment of personal data are not in it: they hold for what came in.
 */
public final class FlatSchema {
    private final Contract contract;
    private final BareTypes types = new BareTypes();
    private final List<Schema.Field> columns = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> entered = new HashSet<>();

    private FlatSchema(Contract contract) {
        this.contract = contract;
    }

    /** Derives it.
     *
     * @param name full name of the rows' record
     * @param added columns that do not come from the record, put last
     * @throws ContractException if two fields become one column, or what is left of key and event time can't serve as such
     */
    public static Schema of(Contract contract, String name, List<Schema.Field> added) {
        return new FlatSchema(contract).derive(name, added);
    }

    private Schema derive(String name, List<Schema.Field> added) {
        enter(contract.schema(), FieldPath.ROOT, "", false);
        added.forEach(this::add);
        Schema flat = Schema.createRecord(name, contract.schema().getDoc(), null, false, columns);
        List<String> key = contract.key().stream().map(this::keyColumn).toList();
        List<String> partitionBy = partitionBy();
        if (!key.isEmpty()) {
            flat.addProp(Properties.KEY, key);
        }
        if (contract.eventTime() != null) {
            flat.addProp(Properties.EVENT_TIME, kept(contract.eventTime()));
        }
        if (!partitionBy.isEmpty()) {
            flat.addProp(Properties.PARTITION_BY, partitionBy);
        }
        if (contract.mode() != Mode.APPEND) {
            flat.addProp(Properties.MODE, EnumText.of(contract.mode()));
        }
        return flat;
    }

    /** As the contract has it; by day where it only has an event time. */
    private List<String> partitionBy() {
        if (contract.partitionBy().isEmpty() && contract.eventTime() != null) {
            return List.of("day(" + column(contract.eventTime()) + ")");
        }
        return contract.partitionBy().stream()
                .filter(part -> names.contains(column(part.field())))
                .map(part -> new PartitionTransform(part.transform(), part.param(), column(part.field())).toString())
                .toList();
    }

    private String keyColumn(String path) {
        if (contract.mode() == Mode.UPSERT && contract.pii().get(FieldPath.of(path)) == Pii.MASK) {
            throw refuse("'" + path + "' is masked, so it can't tell the rows of an upsert table apart; hash it");
        }
        return kept(path);
    }

    private String kept(String path) {
        if (!names.contains(column(path))) {
            throw refuse("'" + path + "' is key or event time, and dropped");
        }
        return column(path);
    }

    /** The column that a path becomes, which leads through records only. */
    private static String column(String path) {
        return path.replace('.', '_');
    }

    private void enter(Schema record, FieldPath path, String prefix, boolean mayBeAbsent) {
        entered.add(record.getFullName());
        for (Schema.Field field : record.getFields()) {
            FieldPath at = path.field(field.name());
            if (contract.pii().get(at) != Pii.DROP) {
                field(field, at, prefix, mayBeAbsent);
            }
        }
        entered.remove(record.getFullName());
    }

    private void field(Schema.Field field, FieldPath path, String prefix, boolean mayBeAbsent) {
        Schema type = NullableType.strip(field.schema());
        boolean nullable = mayBeAbsent || field.schema().isNullable();
        if (type.getType() == Schema.Type.RECORD && !entered.contains(type.getFullName())) {
            enter(type, path, prefix + field.name() + "_", nullable);
            return;
        }
        Schema column = types.of(field.schema());
        add(
                nullable
                        ? bare(field, prefix, NullableType.orNull(column), JsonProperties.NULL_VALUE)
                        : bare(field, prefix, column, field.hasDefaultValue() ? field.defaultVal() : null));
    }

    private static Schema.Field bare(Schema.Field field, String prefix, Schema type, @Nullable Object standing) {
        Schema.Field column = new Schema.Field(prefix + field.name(), type, field.doc(), standing);
        field.aliases().forEach(alias -> column.addAlias(prefix + alias));
        return column;
    }

    private void add(Schema.Field column) {
        if (!names.add(column.name())) {
            throw refuse("two fields become the column '" + column.name() + "'");
        }
        columns.add(column);
    }

    private ContractException refuse(String problem) {
        return new Place(contract.schema().getFullName(), FieldPath.ROOT).refuse(problem);
    }

    /** Full name for the rows of a record: in the namespace {@code silver} beside {@code raw}, or below its own. */
    public static String silverName(Schema record) {
        String namespace = Optional.ofNullable(record.getNamespace()).orElse("");
        if (namespace.isEmpty() || namespace.equals("raw")) {
            return "silver." + record.getName();
        }
        String parent =
                namespace.endsWith(".raw") ? namespace.substring(0, namespace.length() - ".raw".length()) : namespace;
        return parent + ".silver." + record.getName();
    }
}
