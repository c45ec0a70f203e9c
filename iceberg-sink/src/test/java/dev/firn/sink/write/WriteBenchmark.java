package dev.firn.sink.write;

import dev.firn.sink.table.TableKind;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a record costs from its Avro bytes to a finished Parquet file in memory: decoding, columns, zstd, footer. All
 * write the same columns of the same records.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(WriteBenchmark.RECORDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgs = "-Xmx2g")
public class WriteBenchmark {
    static final int RECORDS = 200_000;

    @Param
    BenchRecords shape = BenchRecords.FLAT;

    private final Sandbox sandbox = new Sandbox(TableKind.PLAIN);
    private List<ConsumerRecord<byte[], byte[]>> records = List.of();
    private Table table = sandbox.table(shape.schema());
    private Rivals rivals = new Rivals(shape.schema(), table);

    @Setup
    public void makeRecords() {
        makeRecords(RECORDS);
    }

    void makeRecords(int count) {
        int id = sandbox.registry.add(shape.schema());
        table = sandbox.table(shape.schema());
        rivals = new Rivals(shape.schema(), table);
        records = shape.data(count).stream()
                .map(datum -> sandbox.record(Sandbox.framed(id, datum)))
                .toList();
    }

    /** Firn's. */
    @Benchmark
    public long firn() {
        TableWriter writer = sandbox.open(table);
        records.forEach(writer::write);
        List<DataFile> files = writer.complete().files();
        writer.abort();
        return files.get(0).fileSizeInBytes();
    }

    /** (a): Avro's generic records, then Iceberg's, then Iceberg's generic writer. */
    @Benchmark
    public long icebergGeneric() throws IOException {
        return rivals.icebergGeneric(records);
    }

    /** (a) with Iceberg's writer for Avro's generic records, which spares Iceberg's own. */
    @Benchmark
    public long icebergAvro() throws IOException {
        return rivals.icebergAvro(records);
    }

    /** (b): Avro's generic records, then parquet-avro's writer. */
    @Benchmark
    public long parquetAvro() throws IOException {
        return rivals.parquetAvro(records);
    }
}
