package dev.firn.sink.decode;

import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import dev.firn.serde.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A change as Debezium sends it: a record of {@code before} and {@code after}, each a row or null, and {@code op}, known
 * by these fields. Immutable.
 */
public final class Envelope {
    private static final String BEFORE = "before";
    private static final String AFTER = "after";
    private static final String OP = "op";

    private final Schema row;
    private final List<Check> fields;
    private final Union before;
    private final Union after;
    private final Union op;

    /** A field that is a value or null.
     *
     * @param index of the field
     * @param nullBranch -1 if it is never null
     */
    private record Union(int index, boolean union, int nullBranch) {
        static Union of(Schema.Field field) {
            boolean union = field.schema().getType() == Schema.Type.UNION;
            int none = union ? field.schema().getTypes().indexOf(Schema.create(Schema.Type.NULL)) : -1;
            return new Union(field.pos(), union, none);
        }
    }

    private Envelope(Schema envelope, Schema row) {
        this.row = row;
        this.fields = new ArrayList<>();
        CheckCompiler checks = new CheckCompiler(List.of());
        envelope.getFields().forEach(field -> fields.add(checks.compileField(field.schema())));
        this.before = Union.of(envelope.getField(BEFORE));
        this.after = Union.of(envelope.getField(AFTER));
        this.op = Union.of(envelope.getField(OP));
    }

    /** Empty if the schema has another shape. */
    public static Optional<Envelope> of(Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            return Optional.empty();
        }
        Optional<Schema> after = value(schema, AFTER, Schema.Type.RECORD);
        return value(schema, BEFORE, Schema.Type.RECORD).isPresent()
                        && value(schema, OP, Schema.Type.STRING).isPresent()
                ? after.map(row -> new Envelope(schema, row))
                : Optional.empty();
    }

    private static Optional<Schema> value(Schema schema, String name, Schema.Type type) {
        Schema.Field field = schema.getField(name);
        if (field == null) {
            return Optional.empty();
        }
        List<Schema> values = field.schema().getType() == Schema.Type.UNION
                ? field.schema().getTypes().stream()
                        .filter(branch -> branch.getType() != Schema.Type.NULL)
                        .toList()
                : List.of(field.schema());
        return values.size() == 1 && values.get(0).getType() == type ? Optional.of(values.get(0)) : Optional.empty();
    }

    /** The schema of what the table has as rows. */
    public Schema row() {
        return row;
    }

    /** What an envelope says of a row. */
    public static final class Change {
        private final boolean deletes;
        private final byte @Nullable [] row;

        private Change(boolean deletes, byte @Nullable [] row) {
            this.deletes = deletes;
            this.row = row;
        }

        /** Whether there is no such row any more. */
        public boolean deletes() {
            return deletes;
        }

        /**
         * In the wire format, under the envelope's schema id: how it is now, or, if it is deleted, how it was; null if only
         * the Kafka key tells which it was.
         */
        public byte @Nullable [] row() {
            return row;
        }
    }

    /** Takes the row out of an envelope.
     *
     * @throws UndecodableException if the bytes are no envelope, or one that changes no row
     */
    public Change open(byte[] value) {
        AvroInput in = new AvroInput();
        in.reset(value, WireFormat.HEADER);
        int[] starts = starts(in);
        String operation = text(in, starts);
        return switch (operation) {
            case "c", "u", "r" -> new Change(false, present(slice(value, in, starts, after)));
            case "d" -> new Change(true, slice(value, in, starts, before));
            default ->
                throw new UndecodableException(
                        Reason.CONVERSION_FAILED, "an envelope whose operation changes no single row");
        };
    }

    private int[] starts(AvroInput in) {
        int[] starts = new int[fields.size() + 1];
        Trail trail = new Trail();
        trail.reset(0);
        for (int i = 0; i < fields.size(); i++) {
            starts[i] = in.position();
            fields.get(i).check(in, trail);
        }
        if (in.remaining() > 0) {
            throw in.malformed(in.remaining() + " bytes too many");
        }
        starts[fields.size()] = in.position();
        return starts;
    }

    private String text(AvroInput in, int[] starts) {
        in.position(starts[op.index()]);
        if (op.union() && in.nextInt() == op.nullBranch()) {
            return "";
        }
        int length = in.nextInt();
        return new String(in.bytes(), in.take(length), length, StandardCharsets.UTF_8);
    }

    private static byte @Nullable [] slice(byte[] value, AvroInput in, int[] starts, Union field) {
        in.position(starts[field.index()]);
        if (field.union() && in.nextInt() == field.nullBranch()) {
            return null;
        }
        int length = starts[field.index() + 1] - in.position();
        byte[] row = Arrays.copyOf(value, WireFormat.HEADER + length);
        System.arraycopy(value, in.position(), row, WireFormat.HEADER, length);
        return row;
    }

    private static byte[] present(byte @Nullable [] row) {
        if (row == null) {
            throw new UndecodableException(Reason.CONVERSION_FAILED, "an envelope without the row that it is about");
        }
        return row;
    }
}
