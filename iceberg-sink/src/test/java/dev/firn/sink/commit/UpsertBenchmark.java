package dev.firn.sink.commit;

import dev.firn.contract.Contract;
import dev.firn.serde.WireFormat;
import dev.firn.sink.decode.WriterSchemas;
import dev.firn.sink.keys.KeySpace;
import dev.firn.sink.table.TableKind;
import dev.firn.sink.table.TableLayout;
import dev.firn.sink.table.Tables;
import dev.firn.sink.upsert.TableIndexes;
import dev.firn.sink.write.KeyedRow;
import dev.firn.sink.write.ParquetWriters;
import dev.firn.sink.write.SchemasById;
import dev.firn.sink.write.TableWriter;
import dev.firn.sink.write.WriteLimits;
import dev.firn.sink.write.WrittenFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * What a row costs from its Avro bytes to the end of its window's commit, in memory, where it is appended and where it takes
 * the place of one of two million live rows, whose index is on the heap or in files; and what reading such a table costs.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgs = "-Xmx3g")
// JMH sets up before it measures
@SuppressWarnings("NullAway.Init")
public class UpsertBenchmark {
    static final int ROWS = 200_000;
    private static final int KEYS = 2_000_000;
    /** Windows of random keys, after all keys are there. */
    private static final int AGAIN = 5;

    private static final Source SOURCE = new Source("shop.customers", 0);
    private static final TableIdentifier NAME = TableIdentifier.of("shop", "customers");

    /** How rows come in. */
    public enum Rows {
        APPENDED,
        UPSERTED,
        UPSERTED_BY_FILES
    }

    @Param
    Rows rows = Rows.UPSERTED;

    private final SplittableRandom random = new SplittableRandom(7);
    private final Tables tables = new Tables(catalog());
    private TableStore store;
    private ParquetWriters writers;
    private Table table;
    private int schemaId;
    private long offset;
    private List<ConsumerRecord<byte[], byte[]>> records;

    private static InMemoryCatalog catalog() {
        InMemoryCatalog catalog = new InMemoryCatalog();
        catalog.initialize("firn", Map.of("warehouse", "/" + UUID.randomUUID()));
        return catalog;
    }

    @Setup(Level.Trial)
    public void fill() throws IOException {
        Schema schema = SchemaBuilder.record("Customer")
                .fields()
                .requiredString("id")
                .requiredString("name")
                .requiredLong("n")
                .requiredDouble("balance")
                .requiredLong("since")
                .endRecord();
        if (rows != Rows.APPENDED) {
            schema.addProp("firn.mode", "upsert");
            schema.addProp("firn.key", List.of("id"));
        }
        SchemasById registry = new SchemasById();
        schemaId = registry.add(schema);
        writers = new ParquetWriters(new WriterSchemas(registry), WriteLimits.DEFAULT);
        long memory = rows == Rows.UPSERTED ? 1L << 30 : 0;
        KeySpace space = new KeySpace(memory, Path.of(System.getProperty("java.io.tmpdir", ".")));
        Register nobodyRejects = new TableRegister(Optional::empty, () -> {
            throw new AssertionError("nobody rejects");
        });
        store = new IcebergTableStore(tables, nobodyRejects, new TableIndexes(space), "bench");
        table = tables.loadOrCreate(NAME, TableLayout.of(Contract.of(schema), TableKind.PLAIN));
        for (int from = 0; from < KEYS; from += ROWS) {
            records = records(IntStream.range(from, from + ROWS).toArray());
            window();
        }
        for (int again = 0; again < AGAIN; again++) {
            records();
            window();
        }
    }

    @Setup(Level.Invocation)
    public void records() throws IOException {
        records = records(random.ints(ROWS, 0, KEYS).toArray());
    }

    private List<ConsumerRecord<byte[], byte[]>> records(int[] ids) throws IOException {
        List<ConsumerRecord<byte[], byte[]>> made = new ArrayList<>(ids.length);
        for (int id : ids) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] header = new byte[WireFormat.HEADER];
            WireFormat.writeHeader(header, schemaId);
            bytes.writeBytes(header);
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            encoder.writeString("customer-" + id);
            encoder.writeString("name " + random.nextInt(10_000));
            encoder.writeLong(random.nextLong());
            encoder.writeDouble(random.nextDouble());
            encoder.writeLong(1_767_225_600_000L + random.nextInt(1_000_000));
            made.add(new ConsumerRecord<>(
                    SOURCE.topic(), SOURCE.partition(), offset++, new byte[0], bytes.toByteArray()));
        }
        return made;
    }

    /** One window and its commit. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Outcome window() {
        TableWriter writer = writers.open(table, TableKind.PLAIN, "window-" + offset);
        KeyedRows keys = new KeyedRows(List.of("id"), KeySpace.onHeap());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (!writer.fits(record)) {
                throw new IllegalStateException("does not fit");
            }
            if (rows == Rows.APPENDED) {
                writer.write(record);
            } else {
                KeyedRow row = writer.writeKeyed(record);
                keys.written(SOURCE, row.key(), record.offset(), row.file(), row.position());
            }
        }
        WrittenFiles files = writer.complete();
        OffsetRange range = new OffsetRange(SOURCE, offset - records.size(), offset, files.rows(), 0);
        Proposal proposal = Proposal.of(Advance.of(List.of(range)), files.files(), files.avroBytes(), Optional.empty());
        TableCommit commit = store.prepare(NAME, rows == Rows.APPENDED ? proposal : proposal.withKeys(List.of(keys)));
        Outcome outcome = commit.attempt();
        if (!(outcome instanceof Outcome.Committed)) {
            throw new IllegalStateException(outcome.toString());
        }
        commit.settle(outcome);
        return outcome;
    }

    /** All rows, per row that was written: those that were replaced are skipped by vectors. */
    @Benchmark
    @OperationsPerInvocation(KEYS + AGAIN * ROWS)
    public long read() throws IOException {
        table.refresh();
        long count = 0;
        try (CloseableIterable<Record> all = IcebergGenerics.read(table).build()) {
            for (Record row : all) {
                count += row.size() > 0 ? 1 : 0;
            }
        }
        return count;
    }
}
