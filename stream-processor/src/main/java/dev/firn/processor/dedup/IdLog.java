package dev.firn.processor.dedup;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What was seen, in order, some dozens of sightings to an entry of the store: chunks, numbered without a gap. The store
 * should be one that holds its entries while they grow, so that an entry is written once per commit and not once per id. In memory are the chunk that
 * is being filled and the oldest, no others.
 */
final class IdLog {
    static final int CHUNK = 64;

    private final KeyValueStore<byte[], Packer> store;
    private final Packer packer = new Packer();
    private Packer open = new Packer();
    private final List<Sighting> openSightings = new ArrayList<>(CHUNK);
    private @Nullable List<Sighting> oldest;
    private long first;
    private long next;

    /** A log of what the store holds; every chunk that is there counts as full.
     *
     * @param there receives them, oldest first
     */
    IdLog(KeyValueStore<byte[], Packer> store, Consumer<List<Sighting>> there) {
        this.store = store;
        boolean any = false;
        try (KeyValueIterator<byte[], Packer> chunks = store.all()) {
            while (chunks.hasNext()) {
                KeyValue<byte[], Packer> chunk = chunks.next();
                long number = new Unpacker(chunk.key).takeSortable();
                first = any ? first : number;
                next = number + 1;
                any = true;
                there.accept(unpack(chunk.value));
            }
        }
    }

    /** All that it holds, oldest first. */
    void forEach(Consumer<Sighting> action) {
        for (long number = first; number < next; number++) {
            chunk(number).forEach(action);
        }
        openSightings.forEach(action);
    }

    /** Number of the oldest chunk. */
    long first() {
        return first;
    }

    /** Number of the chunk that is being filled: those from {@link #first} up to here are full. */
    long next() {
        return next;
    }

    /** Adds to the chunk that is being filled.
     *
     * @return whether it has all that it takes; then {@link #roll} comes next
     */
    boolean add(Sighting sighting) {
        openSightings.add(sighting);
        open.putSortable(sighting.id().high()).putSortable(sighting.id().low()).putSortable(sighting.at());
        store.put(key(next), open);
        return openSightings.size() == CHUNK;
    }

    /** Begins a new chunk; the sightings of the one that was filled. */
    List<Sighting> roll() {
        List<Sighting> full = List.copyOf(openSightings);
        openSightings.clear();
        open = new Packer();
        next++;
        return full;
    }

    /** What the chunk that is being filled has of the id, the last if several, or null. */
    @Nullable
    Sighting inOpenChunk(IdHash id) {
        for (int i = openSightings.size() - 1; i >= 0; i--) {
            if (openSightings.get(i).id().equals(id)) {
                return openSightings.get(i);
            }
        }
        return null;
    }

    /** One of the full chunks. */
    List<Sighting> chunk(long number) {
        return unpack(Objects.requireNonNull(store.get(key(number)), "chunks have no gap"));
    }

    /** The oldest chunk, which must be a full one. */
    List<Sighting> oldest() {
        if (oldest == null) {
            oldest = chunk(first);
        }
        return oldest;
    }

    void dropOldest() {
        store.delete(key(first));
        oldest = null;
        first++;
    }

    private static List<Sighting> unpack(Packer chunk) {
        Unpacker in = new Unpacker(chunk);
        List<Sighting> sightings = new ArrayList<>(CHUNK);
        while (in.hasMore()) {
            IdHash id = new IdHash(in.takeSortable(), in.takeSortable());
            sightings.add(new Sighting(id, in.takeSortable()));
        }
        return sightings;
    }

    private byte[] key(long number) {
        return packer.reset().putSortable(number).toBytes();
    }
}
