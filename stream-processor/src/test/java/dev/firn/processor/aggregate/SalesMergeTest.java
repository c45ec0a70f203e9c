package dev.firn.processor.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.Contracts;
import dev.firn.processor.RowText;
import dev.firn.processor.count.Tally;
import dev.firn.serde.WireFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second stage, with two raw partitions: what it forgets, and when. */
class SalesMergeTest {
    private static final String MONTHS = "gold.monthly_summary";
    private static final int NEW_YEAR = (int) LocalDate.of(2026, 1, 1).toEpochDay();
    private static final int RETENTION = 60;
    /** Further than which no sale of January can count, and all of it goes. */
    private static final int ALL_OVER = RETENTION + 184 + 31;

    @TempDir
    private Path dir;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> in;
    private TestOutputTopic<byte[], byte[]> out;

    @BeforeEach
    void start() {
        SalesMergeProcessor.Config config = new SalesMergeProcessor.Config(
                "boards",
                "marks",
                2,
                Duration.ofDays(RETENTION),
                Duration.ofSeconds(1),
                topic -> 1,
                new AtomicLong(),
                new Tally(meters).of("t"),
                "");
        Topology topology = new Topology()
                .addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in")
                .addProcessor("merge", () -> new SalesMergeProcessor(config), "source")
                .addStateStore(store("boards"), "merge")
                .addStateStore(store("marks"), "merge")
                .addSink(MONTHS, "out", new ByteArraySerializer(), new ByteArraySerializer(), "merge");
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, dir.toString());
        driver = new TopologyTestDriver(topology, properties);
        in = driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
        out = driver.createOutputTopic("out", new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static StoreBuilder<KeyValueStore<byte[], byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    /** What the partition has of January, with a newest sale on its first day. */
    private void january(int partition, long cents) {
        Sale sale = new Sale(
                new Utf8("C1"),
                new Utf8("P1"),
                new Utf8("O1"),
                new Utf8("EMEA"),
                new Utf8("cars"),
                false,
                1,
                cents,
                0,
                NEW_YEAR,
                new Sale.Fiscal(2026, 1, 1, 1));
        MonthlySummary table = new MonthlySummary();
        Partial partial = new Partial(partition, Member.ONLY, Sums.of(sale, true, true));
        in.pipeInput(Partial.key(table, table.board(sale)), partial.pack());
    }

    private void reached(int partition, int day) {
        in.pipeInput(null, new Reached(partition, NEW_YEAR + day, false).pack());
    }

    private void idle(int partition) {
        in.pipeInput(null, new Reached(partition, Long.MIN_VALUE, true).pack());
    }

    private List<String> rows() {
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        return out.readValuesToList().stream()
                .map(SalesMergeTest::decode)
                .map(RowText::of)
                .toList();
    }

    private static GenericRecord decode(byte[] value) {
        Schema schema = Contracts.schema(MONTHS);
        try {
            return new GenericDatumReader<GenericRecord>(schema)
                    .read(
                            null,
                            DecoderFactory.get()
                                    .binaryDecoder(value, WireFormat.HEADER, value.length - WireFormat.HEADER, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int entries() {
        KeyValueStore<byte[], byte[]> boards = driver.getKeyValueStore("boards");
        int entries = 0;
        try (KeyValueIterator<byte[], byte[]> all = boards.all()) {
            for (; all.hasNext(); all.next()) {
                entries++;
            }
        }
        return entries;
    }

    private double missed() {
        return meters.get("firn.processor.missed.period").counter().count();
    }

    @Test
    void shouldKeepAPeriodWhenOnePartitionIsFarAheadAndAnotherIsNot() {
        // Given
        january(0, 100);
        reached(0, 10 * ALL_OVER);
        rows();

        // When
        reached(1, 0);
        january(1, 50);

        // Then
        assertThat(rows()).containsExactly("2026 1 1.50 0.00 2 0 0.00 2");
        assertThat(missed()).isZero();
    }

    @Test
    void shouldKeepAPeriodWhenAPartitionHasNotBegun() {
        // Given
        january(0, 100);
        reached(0, ALL_OVER);
        rows();

        // When
        january(1, 50);

        // Then
        assertThat(rows()).containsExactly("2026 1 1.50 0.00 2 0 0.00 2");
    }

    @Test
    void shouldForgetAPeriodAndItsRowWhenAllPartitionsArePastItsRetention() {
        // Given
        january(0, 100);
        january(1, 50);
        reached(0, ALL_OVER);
        reached(1, 1);
        rows();
        int before = entries();

        // When
        reached(1, ALL_OVER);
        rows();

        // Then
        assertThat(before).as("two sums and a row").isEqualTo(3);
        assertThat(entries()).isZero();
    }

    @Test
    void shouldSendARowThatHasChangedBeforeItIsForgotten() {
        // Given
        january(0, 100);
        reached(0, ALL_OVER);

        // When
        reached(1, ALL_OVER);

        // Then
        assertThat(rows()).containsExactly("2026 1 1.00 0.00 1 0 0.00 1");
        assertThat(entries()).isZero();
    }

    @Test
    void shouldCountAndNotSendSumsWhenTheyAreOfAPeriodThatIsOver() {
        // Given
        january(0, 100);
        idle(1);
        reached(0, ALL_OVER);
        rows();

        // When
        january(1, 50);

        // Then
        assertThat(rows()).isEmpty();
        assertThat(entries()).isZero();
        assertThat(missed()).isEqualTo(1);
    }

    @Test
    void shouldForgetNothingWhenAllPartitionsAreSilent() {
        // Given
        january(0, 100);
        reached(0, ALL_OVER);
        idle(0);

        // When
        idle(1);
        rows();

        // Then
        assertThat(entries()).isEqualTo(2);
    }
}
