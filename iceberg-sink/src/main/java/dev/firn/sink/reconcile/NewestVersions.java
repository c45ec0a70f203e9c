package dev.firn.sink.reconcile;

import dev.firn.serde.UndecodableException;
import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.Span;
import dev.firn.sink.decode.Envelopes;
import dev.firn.sink.decode.RowChange;
import dev.firn.sink.decode.WriterSchemas;
import dev.firn.sink.keys.KeyHash;
import dev.firn.sink.keys.KeySpace;
import dev.firn.sink.keys.KeyTable;
import dev.firn.sink.table.TableKind;
import dev.firn.sink.write.ParquetWriters;
import dev.firn.sink.write.TableWriter;
import dev.firn.sink.write.WriteLimits;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The newest version of each key of an upsert table, as the records of its sources tell, up to where its ledger ends. Takes
 * up to 100 bytes of memory per key. For one thread.
 */
final class NewestVersions implements AutoCloseable {
    /** In place of a file's number: there is a row. */
    private static final int ROW = 1;

    private final TableState state;
    private final QuarantinedRows quarantined;
    private final WriterSchemas schemas;
    /** Only reads keys. */
    private final TableWriter writer;

    private final Map<Source, KeyTable> keys = new HashMap<>();
    private final Map<Source, OffsetSet> asides = new HashMap<>();
    private final Map<Source, OffsetSet> unreadable = new HashMap<>();

    NewestVersions(TableState state, QuarantinedRows quarantined, WriterSchemas schemas) {
        this.state = state;
        this.quarantined = quarantined;
        this.schemas = schemas;
        this.writer =
                new ParquetWriters(schemas, WriteLimits.DEFAULT).open(state.table(), TableKind.PLAIN, "reconcile");
    }

    /** Offsets of a source come in their order.
     *
     * @throws dev.firn.registry.RegistryUnavailableException if the record's schema can't be had
     */
    void add(Source source, ConsumerRecord<byte[], byte[]> record) {
        Span span = state.ledger().held().get(source);
        if (span == null
                || record.offset() < span.start()
                || record.offset() >= span.end()
                || aside(source).contains(record.offset())) {
            return;
        }
        try {
            RowChange change = schemas.changeOf(record, Envelopes.OPENED);
            if (change.row().value() == null || writer.fits(change.row())) {
                put(source, writer.key(change.row()), record.offset(), change.deletes());
            }
        } catch (UndecodableException e) {
            // it should be in quarantine
            unreadable.computeIfAbsent(source, of -> new OffsetSet()).add(record.offset());
        }
    }

    private OffsetSet aside(Source source) {
        return asides.computeIfAbsent(source, of -> quarantined.of(state.name(), of));
    }

    private void put(Source source, KeyHash key, long offset, boolean deletes) {
        keys.computeIfAbsent(source, of -> new KeyTable(KeySpace.onHeap()))
                .put(key, offset, deletes ? KeyTable.DELETED : ROW, 0);
    }

    /** Where the records stand that the table has to have rows of, and no others, if they are not in quarantine. */
    OffsetSet of(Source source) {
        OffsetSet offsets = unreadable.getOrDefault(source, new OffsetSet()).or(new OffsetSet());
        KeyTable known = keys.get(source);
        if (known != null) {
            known.forEach((key, newest) -> {
                if (!newest.isDeletion()) {
                    offsets.add(newest.offset());
                }
            });
        }
        return offsets;
    }

    @Override
    public void close() {
        writer.abort();
    }
}
