package dev.firn.sink.consume;

import dev.firn.sink.commit.AgeFence;
import dev.firn.sink.commit.Outcome;
import dev.firn.sink.consume.SimStore.State;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Firn's own packing of files, by instances that don't know of each other: each reads, and commits much later, by the rules of the
 * real one; or it dies in between, and leaves its file behind.
 */
final class SimPacker {
    private static final int UNANSWERED = 3;

    private final RandomGenerator random;
    private final SimStore store;
    private final SimFiles files;
    private final Clock clock;
    private final List<Packing> begun = new ArrayList<>();

    SimPacker(RandomGenerator random, SimStore store, SimFiles files, Clock clock) {
        this.random = random;
        this.store = store;
        this.files = files;
        this.clock = clock;
    }

    /** Begins with the table given, or goes on with what was begun. */
    void step(TableIdentifier table) {
        if (begun.isEmpty() || random.nextInt(4) == 0) {
            begin(table);
        } else {
            Packing packing = begun.get(random.nextInt(begun.size()));
            boolean isDead = random.nextInt(10) == 0;
            if (isDead || packing.attempt()) {
                begun.remove(packing);
            }
        }
    }

    private void begin(TableIdentifier table) {
        State read = store.state(table);
        List<DataFile> some =
                read.files().stream().filter(file -> random.nextBoolean()).toList();
        if (some.size() > 1) {
            begun.add(new Packing(table, read, some));
        }
    }

    private final class Packing {
        private final UUID id = new UUID(random.nextLong(), random.nextLong());
        private final TableIdentifier table;
        private final State read;
        private final List<DataFile> old;
        private final List<String> places;
        private final DataFile file;
        private final Instant begin = clock.instant();
        private int unanswered;

        private Packing(TableIdentifier table, State read, List<DataFile> old) {
            this.table = table;
            this.read = read;
            this.old = old;
            this.places = read.keys().places(old, files::rows);
            this.file = files.rewritten(table, read.keys().rows(old, files::rows));
        }

        /** Whether it is over. */
        private boolean attempt() {
            State base = store.state(table);
            if (base.commits().contains(id)) {
                return true;
            }
            if (isRefused(base)) {
                if (unanswered == 0) {
                    files.delete(file.location());
                }
                return true;
            }
            State next = base.packed(old, file, base.keys().copied(places, file.location()), id);
            Outcome outcome = store.outcomeOf(table, base, next);
            unanswered += outcome instanceof Outcome.Unknown ? 1 : 0;
            return outcome instanceof Outcome.Committed || unanswered > UNANSWERED;
        }

        private boolean isRefused(State base) {
            String fence = base.properties().get(AgeFence.PROPERTY);
            return !store.descendsFrom(table, read)
                    || !base.files().containsAll(old)
                    || (fence != null && begin.isBefore(Instant.parse(fence)));
        }
    }
}
