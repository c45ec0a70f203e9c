package dev.firn.sink.consume;

import dev.firn.contract.Contract;
import dev.firn.registry.RegistryUnavailableException;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.commit.Register;
import dev.firn.sink.table.Growth;
import dev.firn.sink.table.TableShape;
import dev.firn.sink.table.Tables;
import dev.firn.sink.write.TableWriter;
import dev.firn.sink.write.TableWriters;
import dev.firn.sink.write.WrittenFiles;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Files of a table whose records' values have no fields: one column holds them. */
final class PlainRecordFiles implements RecordFiles {
    private final Tables tables;
    private final TableWriters writers;
    private final Register register;
    private final Target target;
    private Growth growth;
    private @Nullable TableWriter writer;

    PlainRecordFiles(Tables tables, TableWriters writers, Register register, Target target) {
        this.tables = tables;
        this.writers = writers;
        this.register = register;
        this.target = target;
        this.growth = Growth.none(target.kind());
    }

    @Override
    public void write(ConsumerRecord<byte[], byte[]> record) {
        byte[] datum = target.format().datum(record.value());
        try {
            writer().write(target.format().contract().schema(), datum, record);
        } catch (UndecodableException | RegistryUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            // catalogs, clients and file systems each throw their own
            throw new FilesFailedException(e);
        }
    }

    private TableWriter writer() {
        TableWriter open = writer;
        if (open == null) {
            Contract contract = target.format().contract();
            Table table = tables.loadOrCreate(target.table(), target.layout(contract));
            register.note(target.table(), table.uuid());
            Growth grown = growth.with(contract);
            grown = target.partitioned(grown, grown.planned(table));
            TableShape shape = grown.planned(table);
            open = writers.open(table, shape, target.kind(), UUID.randomUUID().toString());
            growth = grown.writtenBy(shape);
            writer = open;
        }
        return open;
    }

    @Override
    public long bytes() {
        return writer == null ? 0 : writer.bytes();
    }

    @Override
    public long held() {
        return writer == null ? 0 : writer.held();
    }

    @Override
    public OptionalLong maxEventTimeMicros(TopicPartition partition) {
        return OptionalLong.empty();
    }

    @Override
    public WrittenFiles complete() {
        return writer == null ? new WrittenFiles(List.of(), 0, 0, 0) : writer.complete();
    }

    @Override
    public Optional<Growth> growth() {
        return Optional.of(growth).filter(Growth::isNeeded);
    }

    @Override
    public void abort() {
        if (writer != null) {
            writer.abort();
        }
    }
}
