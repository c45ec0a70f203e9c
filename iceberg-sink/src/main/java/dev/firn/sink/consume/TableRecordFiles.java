package dev.firn.sink.consume;

import dev.firn.contract.Contract;
import dev.firn.quarantine.Reason;
import dev.firn.registry.RegistryUnavailableException;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.commit.Register;
import dev.firn.sink.decode.WriterSchemas;
import dev.firn.sink.table.TableLayout;
import dev.firn.sink.table.Tables;
import dev.firn.sink.write.TableWriter;
import dev.firn.sink.write.TableWriters;
import dev.firn.sink.write.WrittenFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Files of a table that is made by the first record, and follows the schemas of the others. */
final class TableRecordFiles implements RecordFiles {
    private final Tables tables;
    private final TableWriters writers;
    private final WriterSchemas schemas;
    private final Register register;
    private final Target target;
    private final String window = UUID.randomUUID().toString();
    /** Of earlier schemas. */
    private final List<TableWriter> finished = new ArrayList<>();

    private final List<WrittenFiles> written = new ArrayList<>();
    private @Nullable TableWriter writer;

    TableRecordFiles(Tables tables, TableWriters writers, WriterSchemas schemas, Register register, Target target) {
        this.tables = tables;
        this.writers = writers;
        this.schemas = schemas;
        this.register = register;
        this.target = target;
    }

    @Override
    public void write(ConsumerRecord<byte[], byte[]> record) {
        try {
            TableWriter current = writer;
            if (current == null || !current.fits(record)) {
                current = reopen(record, current);
            }
            current.write(record);
        } catch (UndecodableException | RegistryUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            // catalogs, clients and file systems each throw their own
            throw new FilesFailedException(e);
        }
    }

    private TableWriter reopen(ConsumerRecord<byte[], byte[]> record, @Nullable TableWriter before) {
        Contract contract = schemas.contractOf(record);
        TableLayout layout = TableLayout.of(contract, target.kind());
        Table table = tables.loadOrCreate(target.table(), layout);
        register.note(target.table(), table.uuid());
        TableWriter next = open(table);
        if (!next.fits(record)) {
            next.abort();
            tables.evolve(table, layout);
            next = open(table);
            requireFit(next, record);
        }
        if (before != null) {
            finish(before);
        }
        writer = next;
        return next;
    }

    private TableWriter open(Table table) {
        return writers.open(table, target.kind(), window + "-" + finished.size());
    }

    private static void requireFit(TableWriter writer, ConsumerRecord<byte[], byte[]> record) {
        if (!writer.fits(record)) {
            writer.abort();
            throw new UndecodableException(
                    Reason.INCOMPATIBLE_SCHEMA, "the table could not be brought to take the record's schema");
        }
    }

    private void finish(TableWriter done) {
        written.add(done.complete());
        finished.add(done);
    }

    @Override
    public long bytes() {
        return writers().mapToLong(TableWriter::bytes).sum();
    }

    @Override
    public long held() {
        return writers().mapToLong(TableWriter::held).sum();
    }

    @Override
    public OptionalLong maxEventTimeMicros(TopicPartition partition) {
        return writers()
                .flatMapToLong(each -> each.maxEventTimeMicros(partition).stream())
                .max();
    }

    private Stream<TableWriter> writers() {
        return Stream.concat(finished.stream(), Stream.ofNullable(writer));
    }

    @Override
    public WrittenFiles complete() {
        TableWriter last = writer;
        if (last != null) {
            finish(last);
            writer = null;
        }
        return new WrittenFiles(
                written.stream().flatMap(each -> each.files().stream()).toList(),
                written.stream().mapToLong(WrittenFiles::rows).sum(),
                written.stream().mapToLong(WrittenFiles::bytes).sum(),
                written.stream().mapToLong(WrittenFiles::avroBytes).sum());
    }

    @Override
    public void abort() {
        writers().forEach(TableWriter::abort);
    }
}
