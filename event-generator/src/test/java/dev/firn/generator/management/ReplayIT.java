package dev.firn.generator.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.embedded.EmbeddedStack;
import dev.firn.generator.publish.KafkaOutlet;
import dev.firn.registry.ConfluentRegistry;
import dev.firn.registry.RegistryConfig;
import dev.firn.serde.AvroDeserializer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The command as a user gives it, with the samples, against a real broker and registry. */
class ReplayIT {
    private final EmbeddedStack stack = EmbeddedStack.shared();

    private record Sent(String key, GenericRecord value) {}

    private record Outcome(int exit, String out, List<String> err) {}

    @Test
    void shouldSendRowsByContractWhenFileIsCsv() {
        // When
        Outcome outcome = replay(
                "--topic=crm.customers", "--schema=../schemas/src/main/avro/raw.customers.avsc",
                "--partitions=3", "samples/customers.csv");

        // Then
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out()).startsWith("sent=3 acknowledged=3 bad_lines=0");
        List<Sent> sent = sent("crm.customers");
        assertThat(sent).extracting(Sent::key).containsExactlyInAnyOrder("C-90000001", "C-90000002", "C-90000003");
        GenericRecord mueller = value(sent, "C-90000002");
        assertThat(mueller.get("company")).hasToString("Müller & Söhne \"Elektro\" GmbH");
        assertThat(mueller.get("phone")).isNull();
        assertThat(((GenericRecord) mueller.get("address")).get("city")).hasToString("Berlin");
        assertThat(time(mueller, "updated_at")).isEqualTo("2026-01-03T11:15:30.250Z");
        assertThat(time(value(sent, "C-90000003"), "updated_at")).isEqualTo("2025-12-24T15:59:59.999999Z");
    }

    @Test
    void shouldReportEachBadLineAndSendTheOthersWhenAskedToSkip() {
        // Given: the schema is what the registry has from the first time
        replay("--topic=crm.people", "--schema=../schemas/src/main/avro/raw.customers.avsc", "samples/customers.csv");

        // When
        Outcome skipped = replay("--topic=crm.people", "--bad-lines=skip", "samples/customers-with-bad-lines.csv");
        Outcome stopped = replay("--topic=crm.people", "samples/customers-with-bad-lines.csv");
        Outcome later = replay("--topic=crm.people", "--from-line=12", "samples/customers-with-bad-lines.csv");

        // Then
        assertThat(skipped.err())
                .containsExactly(
                        "samples/customers-with-bad-lines.csv:3: marketing_consent: neither true nor false",
                        "samples/customers-with-bad-lines.csv:7: created_at: no timestamp-micros as in ISO 8601",
                        "samples/customers-with-bad-lines.csv:8: 6 values, and the header has 12",
                        "samples/customers-with-bad-lines.csv:9: no CSV: a quote is open, or text stands behind a"
                                + " closed one",
                        "samples/customers-with-bad-lines.csv:10: address.city: has no value, and no default");
        assertThat(skipped.exit()).isZero();
        assertThat(skipped.out()).startsWith("sent=3 acknowledged=3 bad_lines=5");
        assertThat(stopped.exit()).isEqualTo(1);
        assertThat(stopped.out()).startsWith("sent=1 acknowledged=1 bad_lines=1");
        assertThat(later.out()).startsWith("sent=0 acknowledged=0 bad_lines=0");
        assertThat(sent("crm.people")).hasSize(3 + 3 + 1);
    }

    @Test
    void shouldReadStandardInputWhenFileIsJsonLines() throws IOException {
        // Given
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(Files.readAllBytes(Path.of("samples/transactions.jsonl"))));

        // When
        Outcome outcome;
        try {
            outcome = replay(
                    "--topic=pos.transactions",
                    "--schema=../schemas/src/main/avro/raw.transactions.avsc",
                    "--key=customer_id,territory",
                    "--format=jsonl",
                    "--rate=500",
                    "-");
        } finally {
            System.setIn(before);
        }

        // Then
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).startsWith("sent=3 acknowledged=3 bad_lines=0");
        List<Sent> sent = sent("pos.transactions");
        assertThat(sent)
                .extracting(Sent::key)
                .containsExactlyInAnyOrder("C-90000001EMEA", "C-90000002EMEA", "C-90000002EMEA");
        assertThat(sent)
                .extracting(r -> decimal(r.value(), "amount", 2))
                .containsExactlyInAnyOrder("19671.00", "1379.82", "-1379.82");
    }

    @Test
    void shouldSendRowsByTheirOwnTypesWhenFileIsParquet() {
        // When: the registry may have the contract from another test, and it comes with Firn
        Outcome outcome = replay("--topic=raw.fx_rates", "samples/fx_rates.parquet");

        // Then
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exit()).isZero();
        List<Sent> sent = sent("raw.fx_rates");
        assertThat(sent).extracting(Sent::key).containsExactlyInAnyOrder("EURUSD", "GBPUSD", "SEKUSD");
        assertThat(decimal(value(sent, "SEKUSD"), "rate", 8)).isEqualTo("0.09615385");
        assertThat(time(value(sent, "SEKUSD"), "as_of")).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void shouldSendNothingWhenOnlyChecking() {
        // When
        Outcome sound = replay("--topic=raw.products", "--check", "samples/products.csv");
        Outcome unsound = replay("--topic=raw.products", "--check", "samples/customers.csv");
        Outcome unnamed = replay("--topic=raw.products", "--check", "README.md");

        // Then
        assertThat(sound.out()).startsWith("sent=2 ");
        assertThat(sound.exit()).isZero();
        assertThat(unsound.err()).containsExactly("samples/customers.csv:1: customer_id: no field of Product");
        assertThat(unsound.exit()).isEqualTo(1);
        assertThat(unnamed.exit()).isEqualTo(2);
    }

    private Outcome replay(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] servers = {
            "-firn.kafka.bootstrap-servers=" + stack.bootstrapServers(), "-firn.registry.url=" + stack.registryUrl()
        };
        int exit = new CommandLine(ReplayCommand.class)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.concat(Arrays.stream(arguments), Arrays.stream(servers))
                        .toArray(String[]::new));
        // on a busy machine it has the time to tell how far it has got
        List<String> problems =
                err.toString().lines().filter(line -> !line.startsWith("file=")).toList();
        return new Outcome(exit, out.toString(), problems);
    }

    /** What a replay has left in the topic. */
    private List<Sent> sent(String topic) {
        Map<String, Object> config = Map.of("bootstrap.servers", stack.bootstrapServers());
        List<Sent> records = new ArrayList<>();
        var values = new AvroDeserializer<GenericRecord>(new ConfluentRegistry(RegistryConfig.of(stack.registryUrl())));
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    // what the generator of another test has sent may be nothing that can be read
                    if (record.headers().lastHeader(KafkaOutlet.SEQUENCE_HEADER) == null) {
                        records.add(new Sent(
                                record.key(), Objects.requireNonNull(values.deserialize(topic, record.value()))));
                    }
                });
            }
        }
        return records;
    }

    private static GenericRecord value(List<Sent> records, String key) {
        return records.stream()
                .filter(record -> key.equals(record.key()))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static String time(GenericRecord record, String field) {
        return Instant.EPOCH.plus((long) record.get(field), ChronoUnit.MICROS).toString();
    }

    private static String decimal(GenericRecord record, String field, int scale) {
        return new BigDecimal(new BigInteger(((ByteBuffer) record.get(field)).array()), scale).toString();
    }
}
