package dev.firn.processor.topology;

import dev.firn.contract.Contracts;
import dev.firn.ops.Quarantine;
import dev.firn.processor.FakeRegistry;
import dev.firn.processor.Wire;
import dev.firn.processor.count.Tally;
import dev.firn.processor.decode.Intake;
import dev.firn.processor.decode.Outage;
import dev.firn.processor.mask.PiiKey;
import dev.firn.processor.pack.WireEncoder;
import dev.firn.processor.quarantine.Failures;
import dev.firn.processor.quarantine.ProcessingFailureHandler;
import dev.firn.processor.quarantine.ProductionFailureHandler;
import dev.firn.processor.quarantine.QuarantineWriter;
import dev.firn.serde.AvroDecoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** All topologies under a test driver. The driver has one partition of each topic. */
final class Fixture implements AutoCloseable {
    static final Instant WALL = Instant.parse("2026-06-01T00:00:00Z");

    final FakeRegistry registry = new FakeRegistry();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Tally tally = new Tally(meters);
    final Wiring wiring;
    private final AvroDecoder<Quarantine> quarantine = AvroDecoder.specific(registry, Quarantine.class);
    final TopologyTestDriver driver;
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, TestOutputTopic<byte[], byte[]>> outputs = new HashMap<>();

    final FakeProgress progress = new FakeProgress();

    /** Kafka's timestamp of what is sent. */
    Instant now = WALL;

    Fixture(Path stateDir) {
        this(stateDir, Settings.defaults(new Settings.Partitions(1, 1)));
    }

    Fixture(Path stateDir, Settings settings) {
        Topics.RAW.forEach(topic -> ids.put(topic, registry.register(topic, Contracts.schema(topic))));
        Topics.REGISTERED.forEach(topic -> ids.put(topic, registry.register(topic, Contracts.schema(topic))));
        Outage outage = new Outage(Duration.ofMillis(50), Duration.ofMillis(1), () -> false);
        Intake.Means means = new Intake.Means(registry, outage, new PiiKey("secret"), tally);
        QuarantineWriter writer = new QuarantineWriter(id(Topics.QUARANTINE), Clock.fixed(WALL, ZoneOffset.UTC));
        wiring = new Wiring(settings, means, writer, ids, progress, progress, raw -> partition -> true);
        driver = start(ProcessorTopology.of(wiring), stateDir);
    }

    TopologyTestDriver start(Topology topology, Path stateDir) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "firn-processor");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        config.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, ProcessingFailureHandler.class);
        config.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, ProductionFailureHandler.class);
        config.put(Failures.CONFIG, wiring.failures());
        return new TopologyTestDriver(topology, config, WALL);
    }

    private int id(String topic) {
        return Objects.requireNonNull(ids.get(topic), topic);
    }

    byte[] encode(String topic, SpecificRecordBase record) {
        return new WireEncoder<SpecificRecordBase>(
                        id(topic), new SpecificDatumWriter<>(record.getSchema(), record.getSpecificData()))
                .encode(record);
    }

    void send(String topic, String key, SpecificRecordBase record) {
        sendBytes(topic, key, encode(topic, record));
    }

    void sendBytes(String topic, String key, byte[] value) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(key.getBytes(StandardCharsets.UTF_8), value, now);
    }

    /** What came out since the last call. */
    List<GenericRecord> rows(String topic) {
        Schema schema = Contracts.schema(topic);
        return values(topic).stream().map(value -> Wire.decode(schema, value)).toList();
    }

    /** Brings the table of an upsert topic, by its keys, to what came out since the last call. */
    void apply(String topic, Map<String, GenericRecord> table) {
        Schema schema = Contracts.schema(topic);
        for (TestRecord<byte[], byte[]> change : output(topic).readRecordsToList()) {
            String key = new String(change.key(), StandardCharsets.UTF_8);
            if (change.value() == null) {
                table.remove(key);
            } else {
                table.put(key, Wire.decode(schema, change.value()));
            }
        }
    }

    List<Quarantine> quarantined() {
        return values(Topics.QUARANTINE).stream().map(quarantine::decode).toList();
    }

    private List<byte[]> values(String topic) {
        return output(topic).readValuesToList();
    }

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return outputs.computeIfAbsent(
                topic,
                name -> driver.createOutputTopic(name, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    @Override
    public void close() {
        driver.close();
    }
}
