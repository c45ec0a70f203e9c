package dev.firn.sink.commit;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;

/** A catalog's operations of a table, whose commits may meet faults: each is given the real commit, to run it or not. */
public final class FaultyOperations implements TableOperations {
    private final TableOperations real;
    private final Function<Optional<TableMetadata>, @Nullable Consumer<Runnable>> faults;

    /**
     * @param faults asked at each commit, with its base, which is empty when the table is made; null: no fault
     */
    public FaultyOperations(
            TableOperations real, Function<Optional<TableMetadata>, @Nullable Consumer<Runnable>> faults) {
        this.real = real;
        this.faults = faults;
    }

    @Override
    public TableMetadata current() {
        return real.current();
    }

    @Override
    public TableMetadata refresh() {
        return real.refresh();
    }

    @Override
    public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
        Consumer<Runnable> fault = faults.apply(Optional.ofNullable(base));
        if (fault == null) {
            real.commit(base, metadata);
        } else {
            fault.accept(() -> real.commit(base, metadata));
        }
    }

    @Override
    public FileIO io() {
        return real.io();
    }

    @Override
    public String metadataFileLocation(String fileName) {
        return real.metadataFileLocation(fileName);
    }

    @Override
    public LocationProvider locationProvider() {
        return real.locationProvider();
    }

    @Override
    public TableOperations temp(TableMetadata uncommitted) {
        return real.temp(uncommitted);
    }
}
