package dev.firn.processor.dedup;

/**
 * Filters for the ids of the last few spans of event time, one for each. Spans are numbered by time; when a new one begins,
 * the oldest is forgotten.
 */
final class RecentFilter {
    private final IdFilter[] ring;
    private long newest = Long.MIN_VALUE;

    /** A filter for so many spans, of so many bytes together. */
    RecentFilter(int spans, long bytes) {
        ring = new IdFilter[spans];
        for (int i = 0; i < spans; i++) {
            ring[i] = new IdFilter(bytes / spans);
        }
    }

    /** @param span the newest so far, or a newer one */
    void add(long span, IdHash id) {
        if (span != newest) {
            begin(span);
        }
        of(span).add(id);
    }

    private void begin(long span) {
        // of the spans between, those that are remembered begin empty
        long from = Math.max(newest, span - ring.length) + 1;
        for (long each = from; each <= span; each++) {
            of(each).clear();
        }
        newest = span;
    }

    /** @param span one of the newest, as many as there are filters */
    boolean mayHold(long span, IdHash id) {
        return of(span).mayHold(id);
    }

    private IdFilter of(long span) {
        return ring[(int) Math.floorMod(span, (long) ring.length)];
    }
}
