package dev.firn.sink.consume;

import dev.firn.contract.Contract;
import dev.firn.quarantine.Reason;
import dev.firn.registry.RegistryUnavailableException;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.commit.KeyedRows;
import dev.firn.sink.commit.Register;
import dev.firn.sink.commit.Source;
import dev.firn.sink.decode.Envelopes;
import dev.firn.sink.decode.FieldText;
import dev.firn.sink.decode.RowChange;
import dev.firn.sink.decode.WriterSchemas;
import dev.firn.sink.keys.KeySpace;
import dev.firn.sink.table.Growth;
import dev.firn.sink.table.TableShape;
import dev.firn.sink.table.Tables;
import dev.firn.sink.table.UpsertKey;
import dev.firn.sink.write.KeyedRow;
import dev.firn.sink.write.TableWriter;
import dev.firn.sink.write.TableWriters;
import dev.firn.sink.write.WrittenFiles;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Files of a table that is made by the first record, and follows the schemas of the others. */
final class TableRecordFiles implements RecordFiles {
    private final Tables tables;
    private final TableWriters writers;
    private final WriterSchemas schemas;
    private final Register register;
    private final KeySpace keySpace;
    private final Target target;
    private final String window = UUID.randomUUID().toString();
    private final WindowWriters written = new WindowWriters();
    /** Null where rows are appended, and before the first record. */
    private @Nullable KeyedRows keyed;
    /** Whether the table was looked at for a key before there was a record that has a row. */
    private boolean lookedForKey;

    private final @Nullable Share share;
    private final FieldText routing;
    private Growth growth;
    private int opened;

    TableRecordFiles(
            Tables tables,
            TableWriters writers,
            WriterSchemas schemas,
            Register register,
            KeySpace keySpace,
            Target target) {
        this.tables = tables;
        this.writers = writers;
        this.schemas = schemas;
        this.register = register;
        this.keySpace = keySpace;
        this.target = target;
        this.growth = Growth.none(target.kind());
        this.share = target.share().orElse(null);
        this.routing =
                new FieldText(id -> schemas.contract(id, envelopes()).schema(), share == null ? "" : share.field());
    }

    @Override
    public boolean takes(ConsumerRecord<byte[], byte[]> record) {
        return share == null || share.takes(record, routing);
    }

    @Override
    public void write(ConsumerRecord<byte[], byte[]> record) {
        try {
            TableWriter current = written.current();
            if (current != null && keyed == null && current.fits(record)) {
                current.write(record);
            } else {
                take(record);
            }
        } catch (UndecodableException | RegistryUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            // catalogs, clients and file systems each throw their own
            throw new FilesFailedException(e);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        RowChange change = schemas.changeOf(record, envelopes());
        if (!change.deletes()) {
            put(change.row());
        } else if (change.row().value() != null) {
            delete(fitting(change.row()), change.row());
        } else {
            deleteByKafkaKey(change.row());
        }
    }

    private Envelopes envelopes() {
        return Envelopes.of(target.kind(), keyed != null || target.isKeyed());
    }

    private void put(ConsumerRecord<byte[], byte[]> record) {
        TableWriter current = fitting(record);
        KeyedRows keys = keyed;
        if (keys == null) {
            current.write(record);
            return;
        }
        KeyedRow row = current.writeKeyed(record);
        keys.written(source(record), row.key(), record.offset(), row.file(), row.position());
    }

    /** Where there is no table yet there is no row of the key. */
    private void deleteByKafkaKey(ConsumerRecord<byte[], byte[]> record) {
        lookForKey();
        TableWriter current = written.current();
        if (current != null) {
            delete(current, record);
        } else if (!target.isKeyed()) {
            throw nothingToDelete();
        }
    }

    private void delete(TableWriter current, ConsumerRecord<byte[], byte[]> record) {
        KeyedRows keys = keyed;
        if (keys == null) {
            throw nothingToDelete();
        }
        keys.deleted(source(record), current.key(record), record.offset());
    }

    private static UndecodableException nothingToDelete() {
        return new UndecodableException(Reason.NULL_VALUE, "no value, and the table has no key to delete by");
    }

    private void lookForKey() {
        if (written.current() == null && !lookedForKey) {
            lookedForKey = true;
            tables.load(target.table())
                    .filter(table ->
                            UpsertKey.of(table.properties(), target.kind()).isPresent())
                    .ifPresent(table -> {
                        Growth grown = grown(growth, table);
                        TableShape shape = grown.planned(table);
                        TableWriter opened = open(table, shape);
                        growth = grown.writtenBy(shape);
                        use(opened, table);
                    });
        }
    }

    private static Source source(ConsumerRecord<byte[], byte[]> record) {
        return new Source(record.topic(), record.partition());
    }

    private TableWriter fitting(ConsumerRecord<byte[], byte[]> record) {
        TableWriter current = written.current();
        return current != null && current.fits(record) ? current : reopen(record);
    }

    private TableWriter reopen(ConsumerRecord<byte[], byte[]> record) {
        Contract contract = target.keyed(schemas.contractOf(record, envelopes()));
        Table table = table(contract);
        register.note(target.table(), table.uuid());
        Growth grown = grown(growth, table);
        TableShape shape = grown.planned(table);
        TableWriter next = open(table, shape);
        if (!next.fits(record)) {
            next.abort();
            grown = grown(growth.with(contract), table);
            shape = grown.planned(table);
            next = open(table, shape);
            requireFit(next, record);
        }
        growth = grown.writtenBy(shape);
        return use(next, table);
    }

    private Table table(Contract contract) {
        TableIdentifier name = target.table();
        Table seen = tables.lately(name, target.layout(contract));
        Table shared = share == null ? seen : tables.share(name, seen, share.topic());
        return UpsertKey.of(contract, target.kind())
                .map(key -> tables.adopt(name, shared, key))
                .orElse(shared);
    }

    /** With the partitioning that new files have to have. */
    private Growth grown(Growth schemas, Table table) {
        TableShape planned = schemas.planned(table);
        target.partitioning().ifPresent(wanted -> tables.noteImpossible(target.table(), wanted, planned));
        return target.partitioned(schemas, planned);
    }

    private TableWriter use(TableWriter next, Table table) {
        written.finish();
        Optional<UpsertKey> key = UpsertKey.of(table.properties(), target.kind());
        if (key.isPresent() && keyed == null) {
            if (written.hasFinished()) {
                next.abort();
                throw new IllegalStateException(
                        table.name() + " has a key since this window began: the next one heeds it");
            }
            keyed = new KeyedRows(key.get().columns(), keySpace);
        }
        written.use(next);
        return next;
    }

    private TableWriter open(Table table, TableShape shape) {
        return writers.open(table, shape, target.kind(), window + "-" + opened++);
    }

    private static void requireFit(TableWriter writer, ConsumerRecord<byte[], byte[]> record) {
        if (!writer.fits(record)) {
            writer.abort();
            throw new UndecodableException(
                    Reason.INCOMPATIBLE_SCHEMA, "the table could not be brought to take the record's schema");
        }
    }

    @Override
    public long bytes() {
        return written.bytes() + keyBytes();
    }

    @Override
    public Optional<KeyedRows> keys() {
        return Optional.ofNullable(keyed);
    }

    @Override
    public long held() {
        return written.held() + keyBytes();
    }

    private long keyBytes() {
        return keyed == null ? 0 : keyed.bytes();
    }

    @Override
    public OptionalLong maxEventTimeMicros(TopicPartition partition) {
        return written.maxEventTimeMicros(partition);
    }

    @Override
    public WrittenFiles complete() {
        return written.complete();
    }

    @Override
    public void release() {
        if (keyed != null) {
            keyed.release();
        }
    }

    @Override
    public Optional<Growth> growth() {
        return Optional.of(growth).filter(Growth::isNeeded);
    }

    @Override
    public void abort() {
        written.abort();
        release();
    }
}
