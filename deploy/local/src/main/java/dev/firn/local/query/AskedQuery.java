package dev.firn.local.query;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A question that somebody waits for. It is given up when it is no longer wanted, or nobody has looked after it for a while. */
final class AskedQuery implements Runnable {
    /** One more than a page of the dashboard shows. */
    private static final int MOST_ROWS = 1001;

    private static final String MEMORY = "512MB";
    private static final long ABANDONED = TimeUnit.SECONDS.toNanos(30);
    private static final String UNEXPECTED = "the question could not be answered: the log of the SQL engine tells why";

    private final Path dataDir;
    private final String sql;
    private final FirstRows rows = new FirstRows(MOST_ROWS);
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile long lookedAt = System.nanoTime();
    private volatile boolean unwanted;
    private volatile @Nullable SqlSession running;
    private volatile @Nullable String failure = UNEXPECTED;

    AskedQuery(Path dataDir, String sql) {
        this.dataDir = dataDir;
        this.sql = sql;
    }

    @Override
    public void run() {
        try (Warehouse warehouse = Warehouse.open(dataDir);
                SqlSession session =
                        SqlSession.open(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), MEMORY)) {
            running = session;
            if (!isUnwanted()) {
                Query.run(warehouse, session, sql, rows);
            }
            failure = null;
        } catch (QueryException e) {
            failure = e.getMessage();
        } catch (SQLException e) {
            failure = QueryException.text(e);
        } finally {
            running = null;
            done.countDown();
        }
    }

    /** Waits for a while; whether it is over. */
    boolean isOverWithin(long millis) throws InterruptedException {
        lookedAt = System.nanoTime();
        return done.await(millis, TimeUnit.MILLISECONDS);
    }

    boolean isOver() {
        return done.getCount() == 0;
    }

    /** Why there is no answer, once it is over; empty where there is one. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    FirstRows rows() {
        return rows;
    }

    void drop() {
        unwanted = true;
    }

    boolean isUnwanted() {
        return unwanted || System.nanoTime() - lookedAt > ABANDONED;
    }

    /** Ends it where it is unwanted. To be called again and again: an interrupt before its time is lost. */
    void endIfUnwanted() {
        SqlSession session = running;
        if (session == null || !isUnwanted()) {
            return;
        }
        try {
            session.interrupt();
        } catch (SQLException e) {
            // it has just ended by itself
        }
    }
}
