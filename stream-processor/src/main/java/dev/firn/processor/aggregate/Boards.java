package dev.firn.processor.aggregate;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The boards of one task: of each member what every raw partition has, and the rows as they were sent last. */
final class Boards {
    /** Receives a board that has changed. */
    interface Change {
        void of(byte[] board, List<Member> members);
    }

    private static final int PARTIAL = 1;
    private static final int SENT = 2;
    private static final int CHANGED = 3;
    private static final ByteArraySerializer AS_IT_IS = new ByteArraySerializer();

    private final KeyValueStore<byte[], byte[]> store;
    private final Changed changed;
    private final Packer packer = new Packer();

    Boards(KeyValueStore<byte[], byte[]> store, AtomicLong unsent) {
        this.store = store;
        this.changed = new Changed(store, CHANGED, unsent);
    }

    /** Takes in what a raw partition has of a member.
     *
     * @param board as {@link Partial#key} names it
     */
    void put(byte[] board, Partial partial) {
        byte[] key = packer.reset()
                .putByte(PARTIAL)
                .putBytes(board)
                .putBytes(partial.member().get())
                .putSortable(partial.partition())
                .toBytes();
        Sums sums = partial.sums();
        if (sums == null) {
            store.delete(key);
        } else {
            sums.pack(packer.reset());
            store.put(key, packer.toBytes());
        }
        changed.add(board);
    }

    /** Hands over the boards that have changed since the last time, merged. */
    void drain(Change change) {
        changed.drain(board -> change.of(board, members(board)));
    }

    /** Forgets boards of periods, and the rows that were sent of them. None may be still to be sent.
     *
     * @param canGo by a board's newest date
     */
    void forget(IntPredicate canGo, BiFunction<Board, GenericRecord, byte[]> rowKey) {
        newest().forEach((key, newest) -> {
            if (canGo.test(newest)) {
                forget(key.get(), rowKey);
            }
        });
    }

    private void forget(byte[] key, BiFunction<Board, GenericRecord, byte[]> rowKey) {
        Board board = board(key);
        for (GenericRecord row : board.rows(new Unpacker(key, 1).takeRest(), members(key))) {
            store.delete(sent(board, rowKey.apply(board, row)));
        }
        byte[] prefix = prefix(key);
        List<byte[]> partials = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> all = store.prefixScan(prefix, AS_IT_IS)) {
            all.forEachRemaining(partial -> partials.add(partial.key));
        }
        partials.forEach(store::delete);
    }

    /** Of each board of a period, the date of its newest sale. */
    private Map<Bytes, Integer> newest() {
        Map<Bytes, Integer> newest = new HashMap<>();
        byte[] prefix = packer.reset().putByte(PARTIAL).toBytes();
        try (KeyValueIterator<byte[], byte[]> all = store.prefixScan(prefix, AS_IT_IS)) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> partial = all.next();
                byte[] key = new Unpacker(partial.key, 1).takeBytes();
                if (board(key).isOfPeriod()) {
                    int date = Sums.unpack(new Unpacker(partial.value)).newest();
                    newest.merge(Bytes.wrap(key), date, Math::max);
                }
            }
        }
        return newest;
    }

    private byte[] prefix(byte[] board) {
        return packer.reset().putByte(PARTIAL).putBytes(board).toBytes();
    }

    private List<Member> members(byte[] board) {
        byte[] prefix = prefix(board);
        List<Member> members = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> partials = store.prefixScan(prefix, AS_IT_IS)) {
            while (partials.hasNext()) {
                KeyValue<byte[], byte[]> partial = partials.next();
                Bytes id = Bytes.wrap(new Unpacker(partial.key, prefix.length).takeBytes());
                merge(members, new Member(id, Sums.unpack(new Unpacker(partial.value))));
            }
        }
        return members;
    }

    /** Those of one member follow each other. */
    private static void merge(List<Member> members, Member next) {
        int last = members.size() - 1;
        if (last >= 0 && members.get(last).id().equals(next.id())) {
            members.set(last, new Member(next.id(), members.get(last).sums().plus(next.sums())));
        } else {
            members.add(next);
        }
    }

    /** Whether the row is another than was sent last; if so, it is taken for sent. */
    boolean isNews(Board board, byte[] rowKey, byte[] row) {
        byte[] key = sent(board, rowKey);
        if (Arrays.equals(row, store.get(key))) {
            return false;
        }
        store.put(key, row);
        return true;
    }

    private byte[] sent(Board board, byte[] rowKey) {
        return packer.reset()
                .putByte(SENT)
                .putByte(board.id())
                .putRaw(rowKey, rowKey.length)
                .toBytes();
    }

    /** Whose the board is, by its name as {@link Partial#key} makes it. */
    static Board board(byte[] key) {
        return Tables.MERGED.stream()
                .filter(board -> board.id() == key[0])
                .findFirst()
                .orElseThrow();
    }

    void close() {
        changed.close();
    }
}
