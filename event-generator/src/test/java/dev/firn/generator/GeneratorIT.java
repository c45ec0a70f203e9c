package dev.firn.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.embedded.EmbeddedStack;
import dev.firn.generator.disturb.Shares;
import dev.firn.generator.encode.Registration;
import dev.firn.generator.publish.Controls;
import dev.firn.generator.publish.KafkaOutlet;
import dev.firn.generator.publish.Shape;
import dev.firn.generator.publish.State;
import dev.firn.generator.publish.Topics;
import dev.firn.generator.sequence.Knobs;
import dev.firn.generator.sequence.Topic;
import dev.firn.generator.truth.Truth;
import dev.firn.generator.truth.TruthJson;
import dev.firn.registry.ConfluentRegistry;
import dev.firn.registry.RegistryConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generator on a real broker and registry: every event is there once, whatever happens in between. */
class GeneratorIT {
    private static final int EVENTS = 20_000;
    private static final Duration LONG = Duration.ofMinutes(3);

    private final EmbeddedStack stack = EmbeddedStack.shared();

    @TempDir
    private Path folder;

    @BeforeEach
    void emptyTopics() throws Exception {
        List<String> topics = Arrays.stream(Topic.values()).map(Topic::text).toList();
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", stack.bootstrapServers()))) {
            List<String> present = admin.listTopics().names().get().stream()
                    .filter(topics::contains)
                    .toList();
            admin.deleteTopics(present).all().get();
            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> admin.listTopics().names().get().stream().noneMatch(topics::contains));
        }
    }

    @Test
    void shouldSendEveryEventOnceWhenKilledAndResumed() throws Exception {
        // Given: killed somewhere in the middle, as kill -9 does, the rest of its requests lost or not
        Process killed = process(4_000);
        awaitSent(EVENTS / 3);
        killed.destroyForcibly().waitFor();

        // When
        Truth resumed = toTheEnd(EVENTS);

        // Then
        List<Long> numbers = numbers();
        long first = numbers.stream().mapToLong(n -> n).min().orElseThrow();
        assertThat(new TreeSet<>(numbers)).hasSameSizeAs(numbers);
        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(first, EVENTS).boxed().toList());
        assertThat(TruthJson.text(resumed)).isEqualTo(TruthJson.text(uninterrupted()));
        assertThat(Files.readString(folder.resolve("truth.json"))).isEqualTo(TruthJson.text(resumed));
    }

    @Test
    void shouldBeCompleteWhenPausedAndGoOnWhenResumed() throws Exception {
        try (Generator generator = new Generator(setup(EVENTS, 7), new Controls(3_000))) {
            // Given
            generator.start();
            Awaitility.await().atMost(LONG).until(() -> generator.progress().acknowledged() > 500);

            // When
            generator.controls().pause();
            Awaitility.await().atMost(LONG).until(() -> generator.progress().state() == State.PAUSED);

            // Then
            Truth paused = generator.truth();
            assertThat(paused.complete()).isTrue();
            assertThat(paused.events()).isEqualTo(generator.progress().sent());
            assertThat(numbers().stream().filter(n -> n >= 0)).hasSize((int) paused.events());
            generator.controls().rate(0);
            generator.controls().resume();
            Awaitility.await().atMost(LONG).until(() -> generator.progress().state() == State.DONE);
            assertThat(generator.truth().events()).isEqualTo(EVENTS);
        }
    }

    @Test
    void shouldSendNothingWhenAllIsThere() throws Exception {
        // Given
        toTheEnd(2_000);
        List<Long> before = numbers();

        // When
        Truth again = toTheEnd(1_000);

        // Then: it covers what is in Kafka, not what was asked for
        assertThat(numbers()).isEqualTo(before);
        assertThat(again.events()).isEqualTo(2_000);
    }

    @Test
    void shouldRefuseToGoOnWhenTopicsWereFilledFromAnotherSeed() throws Exception {
        // Given
        toTheEnd(500);
        List<Long> before = numbers();

        // When
        try (Generator generator = new Generator(setup(EVENTS, 8), new Controls(0))) {
            generator.start();
            generator.join();

            // Then
            assertThat(generator.progress().state()).isEqualTo(State.FAILED);
            assertThat(generator.progress().failure()).contains("filled with other settings");
            assertThat(generator.truth().complete()).isFalse();
        }
        assertThat(numbers()).isEqualTo(before);
    }

    private Truth toTheEnd(long events) throws InterruptedException {
        try (Generator generator = new Generator(setup(events, 7), new Controls(0))) {
            generator.start();
            generator.join();
            assertThat(generator.progress().failure()).isNull();
            assertThat(generator.truth().complete()).isTrue();
            return generator.truth();
        }
    }

    private Truth uninterrupted() throws InterruptedException {
        var publisher = new Assembly(setup(EVENTS, 7), new Controls(0))
                .discarding(Registration.register(new ConfluentRegistry(RegistryConfig.of(stack.registryUrl()))));
        publisher.run(EVENTS, truth -> {});
        return publisher.truth();
    }

    /** The command, as a process of its own that can be killed. */
    private Process process(int rate) throws IOException {
        Knobs knobs = knobs(7);
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.firn.generator.Main",
                        "generate",
                        "--events=" + EVENTS,
                        "--rate=" + rate,
                        "--seed=" + knobs.seed(),
                        "--step=" + knobs.step(),
                        "--customers=" + knobs.customers(),
                        "--products=" + knobs.products(),
                        "--late=0.02",
                        "--duplicates=0.02",
                        "--out-of-order=0.02",
                        "--broken=0.02",
                        "--undecodable=0.02",
                        "--bootstrap-servers=" + stack.bootstrapServers(),
                        "--registry-url=" + stack.registryUrl())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("process.log").toFile())
                .start();
    }

    private void awaitSent(long events) {
        Awaitility.await()
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptions()
                .until(() -> numbers().size() > events);
    }

    private Setup setup(long events, long seed) {
        return new Setup(
                knobs(seed),
                events,
                Shape.STEADY,
                Duration.ofMinutes(5),
                new Topics(4, 0, Duration.ofDays(7)),
                folder.resolve("truth.json"),
                Map.of("bootstrap.servers", stack.bootstrapServers()),
                RegistryConfig.of(stack.registryUrl()));
    }

    private static Knobs knobs(long seed) {
        Shares shares = new Shares(0.02, 0.02, 0.02, 0.02, 0.02);
        return new Knobs(seed, Instant.parse("2026-01-01T00:00:00Z"), Duration.ofSeconds(1), 100, 40, 0.8, shares);
    }

    /** The sequence numbers of all records in Kafka; each partition's in its order. */
    private List<Long> numbers() {
        Map<String, Object> config = Map.of("bootstrap.servers", stack.bootstrapServers(), "max.poll.records", 5_000);
        List<Long> numbers = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (Topic topic : Topic.values()) {
                List<TopicPartition> partitions = consumer.partitionsFor(topic.text()).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
                while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                    consumer.poll(Duration.ofMillis(100))
                            .forEach(kafka -> numbers.add(ByteBuffer.wrap(kafka.headers()
                                            .lastHeader(KafkaOutlet.SEQUENCE_HEADER)
                                            .value())
                                    .getLong()));
                }
            }
        }
        return numbers;
    }
}
