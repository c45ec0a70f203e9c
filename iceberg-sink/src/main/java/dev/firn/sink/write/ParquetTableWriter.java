package dev.firn.sink.write;

import dev.firn.serde.WireFormat;
import dev.firn.sink.keys.KeyDigest;
import dev.firn.sink.keys.KeyHash;
import java.util.List;
import java.util.OptionalLong;
import org.apache.avro.Schema;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.io.FileIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes rows by plan. */
final class ParquetTableWriter implements TableWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ParquetTableWriter.class);

    private final Fits fits;
    private final OpenFiles files;
    private final FileIO io;
    private final RecordKeys keys;
    private final Row row = new Row();
    private final EventTimes eventTimes = new EventTimes();
    private final KeyDigest digest = new KeyDigest();
    private final @Nullable KafkaKeys kafkaKeys;
    private long rows;
    private long avroBytes;

    /** @param kafkaKeys null where rows are appended */
    ParquetTableWriter(Fits fits, OpenFiles files, FileIO io, RecordKeys keys, @Nullable KafkaKeys kafkaKeys) {
        this.fits = fits;
        this.files = files;
        this.io = io;
        this.keys = keys;
        this.kafkaKeys = kafkaKeys;
    }

    @Override
    public boolean fits(ConsumerRecord<byte[], byte[]> record) {
        Fit fit = fits.of(WireFormat.schemaId(record.value()));
        if (fit instanceof Fit.Refused refused) {
            throw refused.thrown();
        }
        return fit instanceof Fit.Fits;
    }

    @Override
    public void write(ConsumerRecord<byte[], byte[]> record) {
        read(record);
        add(record.value().length);
    }

    @Override
    public KeyedRow writeKeyed(ConsumerRecord<byte[], byte[]> record) {
        read(record);
        KeyHash key = key();
        OpenFile file = add(record.value().length);
        return new KeyedRow(key, file.location(), file.lastPosition());
    }

    @Override
    public KeyHash key(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() != null) {
            read(record);
            return key();
        }
        if (kafkaKeys == null) {
            throw new IllegalStateException("the table has no key");
        }
        return kafkaKeys.of(record, digest);
    }

    private KeyHash key() {
        KeyPlan plan = row.plan().key();
        if (plan == null) {
            throw new IllegalStateException("the table has no key");
        }
        return plan.of(row, digest);
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        int schemaId = WireFormat.schemaId(record.value());
        row.key(keys.of(record));
        row.read(plan(fits.of(schemaId)), record.value(), WireFormat.HEADER, record, schemaId);
    }

    @Override
    public void write(Schema schema, byte[] datum, ConsumerRecord<byte[], byte[]> source) {
        row.key(keys.of(source));
        row.read(plan(fits.of(schema)), datum, 0, source, Row.NO_SCHEMA_ID);
        add(datum.length);
    }

    private static RowPlan plan(Fit fit) {
        if (fit instanceof Fit.Refused refused) {
            throw refused.thrown();
        }
        if (fit instanceof Fit.Fits fits) {
            return fits.plan();
        }
        throw new IllegalStateException("the table has to evolve first");
    }

    private OpenFile add(int size) {
        OpenFile file = files.write(row);
        eventTimes.add(row.source(), row.plan().eventTime().of(row));
        rows++;
        avroBytes += size;
        return file;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public long bytes() {
        return files.bytes();
    }

    @Override
    public long held() {
        return files.held();
    }

    @Override
    public long avroBytes() {
        return avroBytes;
    }

    @Override
    public OptionalLong maxEventTimeMicros(TopicPartition partition) {
        return eventTimes.of(partition);
    }

    @Override
    public WrittenFiles complete() {
        List<DataFile> complete = files.complete();
        long bytes = complete.stream().mapToLong(DataFile::fileSizeInBytes).sum();
        return new WrittenFiles(complete, rows, bytes, avroBytes);
    }

    @Override
    public void abort() {
        files.abandon().forEach(this::delete);
    }

    private void delete(String location) {
        try {
            io.deleteFile(location);
        } catch (RuntimeException e) {
            LOG.warn("Could not delete file={}: an orphan now", location, e);
        }
    }
}
