package dev.firn.generator.truth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.generator.disturb.Shares;
import dev.firn.generator.encode.RecordEncoder;
import dev.firn.generator.publish.Partitions;
import dev.firn.generator.sequence.Event;
import dev.firn.generator.sequence.Knobs;
import dev.firn.generator.sequence.Sequence;
import dev.firn.generator.sequence.Topic;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The truth against tables that were worked out from the bytes, asked as {@code firn up --verify} asks. */
class TruthTest {
    private static final int PARTITIONS = 4;

    @ParameterizedTest(name = "seed {0}, step {1}, shares {2}")
    @CsvSource({"7, PT2S, 0.02", "8, PT0.03S, 0.1", "9, PT30S, 0.05", "10, PT10M, 0.02", "11, PT2S, 0"})
    void shouldHoldWhenTablesAreWorkedOutFromBytes(long seed, Duration step, double share) throws SQLException {
        // Given
        Shares shares = new Shares(share, share, share, share, share);
        Instant start = Instant.parse("2026-01-01T07:00:00Z");
        Sequence sequence = new Sequence(new Knobs(seed, start, step, 50, 20, 0.8, shares));
        TruthKeeper keeper = new TruthKeeper(seed, PARTITIONS, Duration.ofMinutes(5));
        List<SentRecord> sent = new ArrayList<>();

        // When
        send(sequence, keeper, sent);

        // Then
        try (DuckTables duck = new DuckTables()) {
            new NaiveTables(sent, PARTITIONS, TruthTest::schemaId).fill(duck);
            List<Expectation> expectations = keeper.truth(true).expectations();
            SoftAssertions all = new SoftAssertions();
            for (Expectation expectation : expectations) {
                all.assertThat(duck.answer(expectation))
                        .as(expectation.toString())
                        .isEqualTo(expectation.expected());
            }
            all.assertAll();
            assertThat(expectations).hasSizeGreaterThan(80);
        }
    }

    @Test
    void shouldKnowWhatIsPersonalWhenCustomersAndVisitorsAreSent() {
        // Given
        Shares shares = new Shares(0.02, 0.02, 0.02, 0.02, 0.02);
        Instant start = Instant.parse("2026-01-01T07:00:00Z");
        Sequence sequence = new Sequence(new Knobs(7, start, Duration.ofSeconds(2), 50, 20, 0.8, shares));
        TruthKeeper keeper = new TruthKeeper(7, PARTITIONS, Duration.ofMinutes(5));
        List<SentRecord> sent = new ArrayList<>();

        // When
        send(sequence, keeper, sent);

        // Then
        Personal personal = keeper.truth(true).personal();
        List<GenericRecord> customers = valid(sent, Topic.CUSTOMERS);
        List<GenericRecord> activity = valid(sent, Topic.ACTIVITY);
        assertThat(customers).extracting(c -> SentRecord.text(c, "last_name")).isSubsetOf(personal.texts());
        assertThat(customers)
                .extracting(c -> SentRecord.text(c, "address.line_1"))
                .isSubsetOf(personal.texts());
        assertThat(customers).extracting(c -> SentRecord.text(c, "email")).isSubsetOf(personal.words());
        assertThat(activity).extracting(a -> SentRecord.text(a, "location.ip")).isSubsetOf(personal.words());
        assertThat(personal.texts()).doesNotContain("", " ", "Berlin");
        assertThat(personal.words()).doesNotContain("not an address");
    }

    private static List<GenericRecord> valid(List<SentRecord> sent, Topic topic) {
        return sent.stream()
                .filter(one -> one.topic() == topic && one.unreadable(schemaId(topic)) == null)
                .map(SentRecord::record)
                .filter(record -> ContractCheck.holds(topic, record))
                .toList();
    }

    private static void send(Sequence sequence, TruthKeeper keeper, List<SentRecord> sent) {
        RecordEncoder encoder = new RecordEncoder(TruthTest::schemaId);
        Partitions partitions = new Partitions(Map.of(Topic.ACTIVITY, PARTITIONS, Topic.TRANSACTIONS, PARTITIONS));
        for (long events = 0; events < 3_000; ) {
            Event event = sequence.next();
            events += event.seq() < 0 ? 0 : 1;
            int partition = partitions.of(event.topic(), event.key().getBytes(StandardCharsets.UTF_8));
            byte[] value = encoder.encode(event);
            keeper.add(event, partition, value);
            sent.add(new SentRecord(event.topic(), partition, value));
        }
    }

    private static int schemaId(Topic topic) {
        return topic.text().length();
    }
}
