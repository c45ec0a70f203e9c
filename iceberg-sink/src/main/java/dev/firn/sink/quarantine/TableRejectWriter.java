package dev.firn.sink.quarantine;

import dev.firn.contract.Contract;
import dev.firn.sink.table.TableKind;
import dev.firn.sink.table.TableLayout;
import dev.firn.sink.table.Tables;
import dev.firn.sink.write.TableWriter;
import dev.firn.sink.write.TableWriters;
import dev.firn.sink.write.WrittenFiles;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/** Writes rejects into data files of the quarantine table, which it creates if need be. Safe for use by many threads. */
public final class TableRejectWriter implements RejectWriter {
    private static final Contract CONTRACT = Contract.of(RejectEncoder.SCHEMA);
    private static final TableLayout LAYOUT = TableLayout.of(CONTRACT, TableKind.PLAIN);

    private final Tables tables;
    private final TableWriters writers;
    private final TableIdentifier quarantine;

    public TableRejectWriter(Tables tables, TableWriters writers, TableIdentifier quarantine) {
        this.tables = tables;
        this.writers = writers;
        this.quarantine = quarantine;
    }

    /** The quarantine table, made if there is none. */
    public Table table() {
        return tables.loadOrCreate(quarantine, LAYOUT);
    }

    @Override
    public WrittenFiles write(List<Reject> rejects) {
        Table table = table();
        tables.evolve(table, CONTRACT, TableKind.PLAIN);
        TableWriter writer = writers.open(table, TableKind.PLAIN, "rejects-" + UUID.randomUUID());
        boolean done = false;
        try {
            RejectEncoder encoder = new RejectEncoder();
            for (Reject reject : rejects) {
                writer.write(RejectEncoder.SCHEMA, encoder.encode(reject), reject.record());
            }
            WrittenFiles written = writer.complete();
            done = true;
            return written;
        } finally {
            if (!done) {
                writer.abort();
            }
        }
    }
}
