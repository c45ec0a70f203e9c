package dev.firn.sink.write;

import dev.firn.sink.decode.AvroInput;
import dev.firn.sink.decode.BigEndian;
import dev.firn.sink.decode.JsonText;
import dev.firn.sink.table.SourceColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.UUIDUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The kinds of them. */
final class PartitionSources {
    private PartitionSources() {}

    /** What the record has no field for. */
    record Absent() implements PartitionSource {
        @Override
        public boolean isNull(Row row) {
            return true;
        }

        @Override
        public Object value(Row row) {
            throw new IllegalStateException("null");
        }
    }

    /** Whole numbers and times. */
    record Whole(MarkedNumber number, boolean isInt) implements PartitionSource {
        @Override
        public boolean isNull(Row row) {
            return row.trail.marked(number.slot()) < 0;
        }

        @Override
        public Object value(Row row) {
            long value = number.read(row);
            return isInt ? (Object) (int) value : (Object) value;
        }
    }

    /** Anything else, by a reader that finds the cursor before the value. */
    record Marked(int slot, Reader reader) implements PartitionSource {
        @Override
        public boolean isNull(Row row) {
            return row.trail.marked(slot) < 0;
        }

        @Override
        public Object value(Row row) {
            AvroInput in = row.input;
            int back = in.position();
            in.position(row.trail.marked(slot));
            Object value = reader.read(in);
            in.position(back);
            return value;
        }
    }

    /** Where the record came from. */
    record Origin(SourceColumn column, Type type) implements PartitionSource {
        @Override
        public boolean isNull(Row row) {
            return switch (column) {
                case KEY -> row.key() == null;
                case SCHEMA_ID -> row.schemaId() == Row.NO_SCHEMA_ID;
                default -> false;
            };
        }

        @Override
        public Object value(Row row) {
            ConsumerRecord<byte[], byte[]> record = row.source();
            return switch (column) {
                case TOPIC -> record.topic();
                case PARTITION -> record.partition();
                case OFFSET -> record.offset();
                case TIMESTAMP -> record.timestamp() * 1000;
                case KEY -> key(Objects.requireNonNull(row.key()));
                case SCHEMA_ID -> row.schemaId();
                case HEADERS -> throw new IllegalStateException("no partition by a list");
            };
        }

        private Object key(byte[] key) {
            return switch (type.typeId()) {
                case LONG -> BigEndian.signed(key, 0, key.length);
                case STRING -> new String(key, StandardCharsets.UTF_8);
                default -> ByteBuffer.wrap(key);
            };
        }
    }

    /** Makes an object of the bytes at the cursor. */
    interface Reader {
        Object read(AvroInput in);
    }

    static Reader flag() {
        return AvroInput::nextBoolean;
    }

    static Reader fraction32(Type column) {
        return column.typeId() == TypeID.DOUBLE ? in -> (double) in.nextFloat() : AvroInput::nextFloat;
    }

    static Reader fraction64() {
        return AvroInput::nextDouble;
    }

    static Reader symbol(List<String> symbols) {
        return in -> symbols.get(in.nextInt());
    }

    /** Reads what stands in the record as it is in the column, behind its length. */
    interface Slice extends Reader {}

    static Reader text(Type column) {
        if (column.typeId() == TypeID.UUID) {
            return in -> UUID.fromString(string(in));
        }
        Slice slice = PartitionSources::string;
        return slice;
    }

    static Reader json(Schema schema) {
        return in -> new String(new JsonText().of(schema, in), StandardCharsets.UTF_8);
    }

    private static String string(AvroInput in) {
        int length = in.nextInt();
        return new String(in.bytes(), in.take(length), length, StandardCharsets.UTF_8);
    }

    /** Bytes of a fixed number, or with their length before them.
     *
     * @param fixed -1 if it stands before them
     */
    static Reader bytes(Type column, int fixed, int decimalScale) {
        return in -> {
            int length = fixed < 0 ? in.nextInt() : fixed;
            ByteBuffer slice =
                    ByteBuffer.wrap(in.bytes(), in.take(length), length).slice();
            return switch (column.typeId()) {
                case UUID -> UUIDUtil.convert(slice);
                case DECIMAL -> new BigDecimal(unscaled(slice), ((Types.DecimalType) column).scale());
                case STRING -> new BigDecimal(unscaled(slice), decimalScale).toPlainString();
                default -> slice;
            };
        };
    }

    private static BigInteger unscaled(ByteBuffer slice) {
        byte[] bytes = new byte[slice.remaining()];
        slice.duplicate().get(bytes);
        return new BigInteger(bytes);
    }
}
