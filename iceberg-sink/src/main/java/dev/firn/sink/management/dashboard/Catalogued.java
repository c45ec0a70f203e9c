package dev.firn.sink.management.dashboard;

import dev.firn.sink.config.RunningSink;
import dev.firn.sink.config.SinkSettings;
import dev.firn.sink.table.BranchOperations;
import dev.firn.sink.table.UpsertKey;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.exceptions.HttpStatusException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;

/** Tables to look at, for a few who ask at a time: ingestion comes first. */
@Singleton
@Requires(beans = RunningSink.class)
final class Catalogued {
    private static final int AT_A_TIME = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RunningSink running;
    private final SinkSettings settings;
    private final Semaphore turns = new Semaphore(AT_A_TIME);

    Catalogued(RunningSink running, SinkSettings settings) {
        this.running = running;
        this.settings = settings;
    }

    /** Looks at a table as it is now.
     *
     * @throws HttpStatusException 404 without such a table, 429 while others look, 503 without a catalog, 400 for what the look
     *     refuses
     */
    <T> T look(String name, Function<Table, T> look) {
        takeTurn();
        try {
            return look.apply(BranchOperations.over(running.catalog()
                    .orElseThrow(() ->
                            new HttpStatusException(HttpStatus.SERVICE_UNAVAILABLE, "the catalog can't be opened yet"))
                    .loadTable(TableIdentifier.parse(name))));
        } catch (NoSuchTableException e) {
            throw new HttpStatusException(HttpStatus.NOT_FOUND, "there is no table " + name);
        } catch (IllegalArgumentException e) {
            throw new HttpStatusException(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        } finally {
            turns.release();
        }
    }

    private void takeTurn() {
        try {
            if (turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new HttpStatusException(HttpStatus.TOO_MANY_REQUESTS, "others are looking at tables, try again");
    }

    /** Whether a table keeps the newest row of each key; false if there is none. */
    boolean isUpsert(String name) {
        TableIdentifier table = TableIdentifier.parse(name);
        return running.catalog()
                .filter(catalog -> catalog.tableExists(table))
                .flatMap(catalog -> UpsertKey.of(catalog.loadTable(table).properties()))
                .isPresent();
    }

    <T> T lookAtQuarantine(Function<Table, T> look) {
        return look(settings.quarantine(), look);
    }
}
