package dev.firn.sink.table;

import java.time.Duration;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;

/**
 * A table as it was at a time, for any number of threads.
 *
 * @param table can't be committed to
 * @param nanos of {@link System#nanoTime} when it was seen
 */
record Seen(Table table, long nanos) {
    /** What others change is noticed by then, even where nothing is committed. */
    private static final Duration LATELY = Duration.ofMinutes(1);

    static Seen of(Table table) {
        TableOperations operations = ((HasTableOperations) table).operations();
        TableMetadata now = operations.current();
        TableOperations fixed = new StaticTableOperations(
                now, operations.io(), LocationProviders.locationsFor(now.location(), now.properties()));
        return new Seen(new BaseTable(fixed, table.name()), System.nanoTime());
    }

    boolean isFresh() {
        return System.nanoTime() - nanos < LATELY.toNanos();
    }
}
