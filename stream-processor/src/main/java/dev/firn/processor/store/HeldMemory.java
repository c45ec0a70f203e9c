package dev.firn.processor.store;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What held stores together may keep in memory. A store may have more than its share while the others have less; when they
 * are over the bound together, those that are over their share let go. So they never have more than twice the bound. Safe for
 * several threads.
 */
public final class HeldMemory {
    /** Key of Kafka Streams' configuration that holds the memory of an application. */
    public static final String CONFIG = "firn.held.memory";

    private final long bytes;
    private final AtomicLong used = new AtomicLong();
    private final AtomicInteger stores = new AtomicInteger();

    /** @param bytes the bound */
    public HeldMemory(long bytes) {
        this.bytes = bytes;
    }

    /** That of the application with this configuration; without bound if it has none. */
    static HeldMemory of(Map<String, Object> config) {
        return config.get(CONFIG) instanceof HeldMemory memory ? memory : new HeldMemory(Long.MAX_VALUE);
    }

    /** One more store. */
    Part part() {
        stores.incrementAndGet();
        return new Part();
    }

    /** What one store has. For one thread. */
    final class Part implements AutoCloseable {
        /** Smaller changes are told together. */
        private static final int STEP = 4096;

        private long mine;
        private long told;

        void add(long more) {
            mine += more;
            if (Math.abs(mine - told) >= STEP) {
                tell();
            }
        }

        /** The store has let go of all. */
        void clear() {
            mine = 0;
            tell();
        }

        private void tell() {
            used.addAndGet(mine - told);
            told = mine;
        }

        boolean isTooMuch() {
            return used.get() > bytes && mine > bytes / stores.get();
        }

        @Override
        public void close() {
            clear();
            stores.decrementAndGet();
        }
    }
}
