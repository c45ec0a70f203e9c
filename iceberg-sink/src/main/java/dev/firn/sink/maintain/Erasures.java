package dev.firn.sink.maintain;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Erasures that were asked for: one at a time, in a thread of its own, whether or not who asked is still there. What became of
 * the last ones can be looked up. They end with the process; what was erased by then stays so, and the rest is found by the same
 * erasure, asked for again. Safe for use by many threads.
 */
public final class Erasures implements AutoCloseable {
    private static final int REMEMBERED = 100;
    private static final Duration LAST_STEP = Duration.ofSeconds(10);

    private final Erasure erasure;
    private final Supplier<List<TableIdentifier>> tables;
    private final Clock clock;
    private final Deque<ErasureJob> jobs = new ArrayDeque<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread erasing = new Thread(task, "erase");
        erasing.setDaemon(true);
        return erasing;
    });

    /**
     * Makes it with nothing to do.
     *
     * @param tables all that may hold something
     */
    public Erasures(Erasure erasure, Supplier<List<TableIdentifier>> tables, Clock clock) {
        this.erasure = erasure;
        this.tables = tables;
        this.clock = clock;
    }

    /**
     * Begins to erase a key from all tables that have its columns; where it is being done already, that is what is answered.
     *
     * @param key values by column
     * @param dryRun says what there is, and changes nothing
     * @throws IllegalArgumentException if no column is named, or if a value is none of its column's
     * @throws ErasingException if another one is not done yet
     */
    public ErasureJob begin(Map<String, String> key, boolean dryRun) {
        Optional<ErasureJob> same = same(key, dryRun);
        if (same.isPresent()) {
            return same.get();
        }
        List<TableIdentifier> concerned = erasure.concerned(tables.get(), key);
        return begin(new ErasureJob(erasure, key, dryRun, concerned, clock));
    }

    private synchronized ErasureJob begin(ErasureJob job) {
        Optional<ErasureJob> same = same(job.key(), job.isDryRun());
        if (same.isPresent()) {
            return same.get();
        }
        jobs.addFirst(job);
        if (jobs.size() > REMEMBERED) {
            jobs.removeLast();
        }
        thread.execute(job);
        return job;
    }

    private synchronized Optional<ErasureJob> same(Map<String, String> key, boolean dryRun) {
        Optional<ErasureJob> running =
                jobs.stream().filter(ErasureJob::isRunning).findFirst();
        running.filter(job -> !job.is(key, dryRun)).ifPresent(job -> {
            throw new ErasingException(job.id());
        });
        return running;
    }

    /** The last ones, the newest first. */
    public synchronized List<ErasureJob> last() {
        return List.copyOf(jobs);
    }

    /** The one that runs goes no further than the file it is at. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            var unused = thread.awaitTermination(LAST_STEP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
