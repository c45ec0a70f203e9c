package dev.firn.processor.topology;

import dev.firn.contract.Contract;
import dev.firn.contract.Contracts;
import dev.firn.ops.Quarantine;
import dev.firn.processor.FakeRegistry;
import dev.firn.processor.count.Tally;
import dev.firn.processor.decode.Intake;
import dev.firn.processor.decode.Outage;
import dev.firn.processor.dedup.TimelineProcessor;
import dev.firn.processor.mask.PiiKey;
import dev.firn.processor.pack.WireEncoder;
import dev.firn.processor.quality.QualityProcessor;
import dev.firn.processor.quarantine.Failures;
import dev.firn.processor.quarantine.ProcessingFailureHandler;
import dev.firn.processor.quarantine.ProductionFailureHandler;
import dev.firn.processor.quarantine.QuarantineWriter;
import dev.firn.processor.refer.Referenced;
import dev.firn.quarantine.Replay;
import dev.firn.serde.AvroDecoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology of one topic that is taken up by its contract, under a test driver. Records are written as JSON. */
final class ContractFixture implements AutoCloseable {
    static final String RAW = "raw.things";
    static final String SILVER = "silver.things";
    static final Instant WALL = Instant.parse("2026-06-01T00:00:00Z");

    final FakeRegistry registry = new FakeRegistry();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AvroDecoder<Quarantine> quarantine = AvroDecoder.specific(registry, Quarantine.class);
    private final AvroDecoder<GenericRecord> decoder = AvroDecoder.generic(registry);
    private final TopologyTestDriver driver;
    private final TestOutputTopic<byte[], byte[]> silver;
    private final TestOutputTopic<byte[], byte[]> rejected;
    private final ContractTopology.References references;
    private Contract contract;

    final FakeProgress progress = new FakeProgress();

    ContractFixture(Path stateDir, Schema schema, Referenced... referenced) {
        references = new ContractTopology.References(
                List.of(referenced), Duration.ofSeconds(10), Duration.ofMillis(200), progress);
        contract = Contract.of(schema);
        driver = driver(ContractTopology.of(config()), stateDir);
        silver = driver.createOutputTopic(SILVER, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        rejected =
                driver.createOutputTopic(Topics.QUARANTINE, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A record of these fields, written with single quotes. */
    static Schema schema(String properties, String... fields) {
        String text = "{'type':'record','name':'Thing','namespace':'team.raw'," + properties + "'fields':["
                + String.join(",", fields) + "]}";
        return new Schema.Parser().parse(text.replace('\'', '"'));
    }

    private ContractTopology.Config config() {
        Outage outage = new Outage(Duration.ofMillis(50), Duration.ofMillis(1), () -> false);
        Intake.Means means = new Intake.Means(registry, outage, new PiiKey("secret"), new Tally(meters));
        QuarantineWriter writer = new QuarantineWriter(
                registry.register(Topics.QUARANTINE, Contracts.schema(Topics.QUARANTINE)),
                Clock.fixed(WALL, ZoneOffset.UTC));
        return new ContractTopology.Config(
                RAW,
                SILVER,
                () -> contract,
                means,
                writer,
                new QualityProcessor.Reporting(
                        registry.register(Topics.QUALITY, Contracts.schema(Topics.QUALITY)), Duration.ofSeconds(1)),
                new TimelineProcessor.Bounds(Duration.ofMinutes(5), Duration.ofDays(7)),
                1 << 20,
                100_000,
                references);
    }

    private TopologyTestDriver driver(Topology topology, Path stateDir) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "firn-processor." + RAW);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, ProcessingFailureHandler.class);
        properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, ProductionFailureHandler.class);
        properties.put(Failures.CONFIG, config().failures());
        return new TopologyTestDriver(topology, properties, WALL);
    }

    Topology topology() {
        return ContractTopology.of(config());
    }

    /** The registry has a newer schema. */
    void evolve(Schema newest) {
        contract = Contract.of(newest);
    }

    /** Sends a record of the newest schema. */
    void send(String key, String json) {
        send(contract.schema(), key, json);
    }

    void send(Schema writer, String key, String json) {
        sendBytes(key, encode(writer, json));
    }

    /** The record comes back from quarantine. */
    void sendBack(Schema writer, String key, String json) {
        sendBytes(Replay.processorTopic(RAW), key, encode(writer, json));
    }

    void sendBytes(String key, byte[] value) {
        sendBytes(RAW, key, value);
    }

    private void sendBytes(String topic, String key, byte[] value) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(key.getBytes(StandardCharsets.UTF_8), value, WALL);
    }

    private byte[] encode(Schema writer, String json) {
        try {
            GenericRecord record = new GenericDatumReader<GenericRecord>(writer)
                    .read(null, DecoderFactory.get().jsonDecoder(writer, json.replace('\'', '"')));
            return new WireEncoder<>(registry.register(RAW, writer), new GenericDatumWriter<GenericRecord>(writer))
                    .encode(record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A topic that is referred to has the key. */
    void know(Referenced referenced, String key) {
        driver.createInputTopic(referenced.keysTopic(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(key.getBytes(StandardCharsets.UTF_8), new byte[] {1}, WALL);
    }

    void pass(Duration wallClock) {
        driver.advanceWallClockTime(wallClock);
    }

    /** What came out since the last call. */
    List<GenericRecord> rows() {
        return records().stream().map(TestRecord::value).map(decoder::decode).toList();
    }

    List<TestRecord<byte[], byte[]>> records() {
        return silver.readRecordsToList();
    }

    /** Rows of quality that came out since the last call. */
    List<GenericRecord> quality() {
        return driver
                .createOutputTopic(Topics.QUALITY, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readValuesToList()
                .stream()
                .map(decoder::decode)
                .toList();
    }

    List<Quarantine> quarantined() {
        return rejected.readValuesToList().stream().map(quarantine::decode).toList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
