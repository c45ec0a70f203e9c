package dev.firn.sink.commit;

import dev.firn.sink.table.OtherOperations;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.jspecify.annotations.Nullable;

/** A catalog's operations of a table, whose commits may meet faults: each is given the real commit, to run it or not. */
public final class FaultyOperations extends OtherOperations {
    private final Function<Optional<TableMetadata>, @Nullable Consumer<Runnable>> faults;

    /**
     * @param faults asked at each commit, with its base, which is empty when the table is made; null: no fault
     */
    public FaultyOperations(
            TableOperations real, Function<Optional<TableMetadata>, @Nullable Consumer<Runnable>> faults) {
        super(real, real.io());
        this.faults = faults;
    }

    @Override
    public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
        Consumer<Runnable> fault = faults.apply(Optional.ofNullable(base));
        if (fault == null) {
            table.commit(base, metadata);
        } else {
            fault.accept(() -> table.commit(base, metadata));
        }
    }

    @Override
    public TableOperations temp(TableMetadata uncommitted) {
        return table.temp(uncommitted);
    }
}
