package dev.firn.sink.maintain;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Accessor;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that the rows of some files are ordered by, all of one width. In Z-order the bits of all columns take turns, those first
 * that count for most. Bits that are the same in all of the files' values take no turn: else small numbers would count for nothing
 * beside large ones.
 */
final class ClusterKey {
    /** In Z-order; what comes after is too fine for files. */
    private static final int MOST_BYTES = 32;

    private final boolean interleaved;
    private final List<Column> columns;
    private final InternalRecordWrapper row;

    private record Column(Accessor<StructLike> accessor, Type type, int alike) {
        byte[] bytes(StructLike row) {
            Object value = accessor.get(row);
            return value == null ? new byte[OrderedBytes.width(type)] : OrderedBytes.of(type, value);
        }

        boolean isNull(StructLike row) {
            return accessor.get(row) == null;
        }
    }

    /** Of rows of the schema.
     *
     * @param files that they are in, with the bounds of the columns as far as they are known
     */
    ClusterKey(ClusterBy by, Schema schema, List<DataFile> files) {
        this.interleaved = by.interleaved();
        this.columns = by.columns().stream()
                .map(id -> new Column(
                        schema.accessorForField(id),
                        schema.findType(id),
                        interleaved ? alike(files, id, schema.findType(id)) : 0))
                .toList();
        this.row = new InternalRecordWrapper(schema.asStruct());
    }

    /** How many bits all values of a column begin with, that are not null. */
    private static int alike(List<DataFile> files, int id, Type type) {
        List<byte[]> bounds = new ArrayList<>();
        for (DataFile file : files) {
            Optional<byte[]> lower = bound(file.lowerBounds(), id, type);
            Optional<byte[]> upper = bound(file.upperBounds(), id, type);
            if (lower.isPresent() != upper.isPresent()) {
                return 0;
            }
            // where there are none, all are null, or nothing is known
            lower.ifPresent(bounds::add);
            upper.ifPresent(bounds::add);
        }
        return bounds.stream()
                .mapToInt(each -> alike(each, bounds.get(0)))
                .min()
                .orElse(0);
    }

    private static Optional<byte[]> bound(@Nullable Map<Integer, ByteBuffer> bounds, int id, Type type) {
        return Optional.ofNullable(bounds)
                .map(all -> all.get(id))
                .map(bytes -> Conversions.<Object>fromByteBuffer(type, bytes.duplicate()))
                .map(value -> OrderedBytes.of(type, value));
    }

    private static int alike(byte[] one, byte[] other) {
        int differs = Arrays.mismatch(one, other);
        return differs < 0
                ? one.length * Byte.SIZE
                : differs * Byte.SIZE
                        + Integer.numberOfLeadingZeros((one[differs] ^ other[differs]) & 0xff)
                        - (Integer.SIZE - Byte.SIZE);
    }

    /** Of a row. Nulls come first; in Z-order among the least. */
    byte[] of(Record record) {
        StructLike values = row.wrap(record);
        List<byte[]> bytes =
                columns.stream().map(column -> column.bytes(values)).toList();
        return interleaved
                ? interleaved(bytes, columns.stream().mapToInt(Column::alike).toArray())
                : concatenated(bytes, values);
    }

    private byte[] concatenated(List<byte[]> bytes, StructLike values) {
        ByteBuffer key = ByteBuffer.allocate(
                bytes.stream().mapToInt(each -> each.length + 1).sum());
        for (int i = 0; i < bytes.size(); i++) {
            key.put((byte) (columns.get(i).isNull(values) ? 0 : 1)).put(bytes.get(i));
        }
        return key.array();
    }

    /** Bits in turn, from where each begins to differ. */
    static byte[] interleaved(List<byte[]> columns, int[] from) {
        int bits = 0;
        int longest = 0;
        for (int i = 0; i < from.length; i++) {
            int left = columns.get(i).length * Byte.SIZE - from[i];
            bits += left;
            longest = Math.max(longest, left);
        }
        byte[] key = new byte[Math.min(MOST_BYTES, (bits + Byte.SIZE - 1) / Byte.SIZE)];
        int at = 0;
        for (int bit = 0; bit < longest; bit++) {
            for (int i = 0; i < from.length; i++) {
                int source = from[i] + bit;
                if (source < columns.get(i).length * Byte.SIZE && at < key.length * Byte.SIZE) {
                    key[at / Byte.SIZE] |= isSet(columns.get(i), source) ? mask(at) : 0;
                    at++;
                }
            }
        }
        return key;
    }

    private static boolean isSet(byte[] bytes, int bit) {
        return (bytes[bit / Byte.SIZE] & mask(bit)) != 0;
    }

    private static byte mask(int bit) {
        return (byte) (0x80 >> bit % Byte.SIZE);
    }
}
