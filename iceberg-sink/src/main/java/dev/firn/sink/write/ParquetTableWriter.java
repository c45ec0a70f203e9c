package dev.firn.sink.write;

import dev.firn.serde.UndecodableException;
import dev.firn.serde.WireFormat;
import java.util.List;
import java.util.OptionalLong;
import org.apache.avro.Schema;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.io.FileIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes rows by plan. */
final class ParquetTableWriter implements TableWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ParquetTableWriter.class);

    private final Fits fits;
    private final OpenFiles files;
    private final FileIO io;
    private final Row row = new Row();
    private final EventTimes eventTimes = new EventTimes();
    private long rows;
    private long avroBytes;

    ParquetTableWriter(Fits fits, OpenFiles files, FileIO io) {
        this.fits = fits;
        this.files = files;
        this.io = io;
    }

    @Override
    public boolean fits(ConsumerRecord<byte[], byte[]> record) {
        Fit fit = fits.of(WireFormat.schemaId(record.value()));
        if (fit instanceof Fit.Refused refused) {
            throw new UndecodableException(refused.reason(), refused.detail());
        }
        return fit instanceof Fit.Fits;
    }

    @Override
    public void write(ConsumerRecord<byte[], byte[]> record) {
        int schemaId = WireFormat.schemaId(record.value());
        row.read(plan(fits.of(schemaId)), record.value(), WireFormat.HEADER, record, schemaId);
        add(record.value().length);
    }

    @Override
    public void write(Schema schema, byte[] datum, ConsumerRecord<byte[], byte[]> source) {
        row.read(plan(fits.of(schema)), datum, 0, source, Row.NO_SCHEMA_ID);
        add(datum.length);
    }

    private static RowPlan plan(Fit fit) {
        if (fit instanceof Fit.Refused refused) {
            throw new UndecodableException(refused.reason(), refused.detail());
        }
        if (fit instanceof Fit.Fits fits) {
            return fits.plan();
        }
        throw new IllegalStateException("the table has to evolve first");
    }

    private void add(int size) {
        files.write(row);
        eventTimes.add(row.source(), row.plan().eventTime().of(row));
        rows++;
        avroBytes += size;
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
