package dev.firn.sink.table;

import java.time.Duration;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.io.LocationProvider;

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
        return new Seen(new BaseTable(new Fixed(operations, operations.current()), table.name()), System.nanoTime());
    }

    boolean isFresh() {
        return System.nanoTime() - nanos < LATELY.toNanos();
    }

    /** Keeps the table's own, since a catalog may close a table's access to storage when nobody has its operations any more. */
    private static final class Fixed extends OtherOperations {
        private final TableMetadata metadata;
        private final LocationProvider locations;

        Fixed(TableOperations table, TableMetadata metadata) {
            super(table, table.io());
            this.metadata = metadata;
            this.locations = LocationProviders.locationsFor(metadata.location(), metadata.properties());
        }

        @Override
        public TableMetadata current() {
            return metadata;
        }

        @Override
        public TableMetadata refresh() {
            return metadata;
        }

        @Override
        public LocationProvider locationProvider() {
            return locations;
        }

        @Override
        public void commit(TableMetadata base, TableMetadata changed) {
            throw new UnsupportedOperationException("The table was only looked at");
        }
    }
}
