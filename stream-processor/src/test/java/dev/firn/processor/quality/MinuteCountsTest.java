package dev.firn.processor.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.Contract;
import dev.firn.contract.FieldRule;
import dev.firn.processor.Stored;
import dev.firn.quarantine.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinuteCountsTest {
    private static final long START = 1_780_000_020_000L;
    private static final List<FieldRule> RULES = Contract.of(new Schema.Parser()
                    .parse("{'type':'record','name':'R','fields':[{'name':'n','type':'int',".replace('\'', '"')
                            + "\"firn.rules\":[\"range(0, 9)\",\"warn: one-of(1, 2)\"]},"
                            + "{\"name\":\"s\",\"type\":\"string\",\"firn.rules\":[\"not-blank\"]}]}"))
            .rules();

    @TempDir
    private Path dir;

    private KeyValueStore<byte[], byte[]> store;
    private MinuteCounts counts;

    @BeforeEach
    void open() {
        store = Stored.inRocksDb(dir, "quality");
        counts = new MinuteCounts(store);
    }

    private Map<String, String> totals(long minute) {
        Map<String, String> texts = new TreeMap<>();
        counts.totals(minute)
                .forEach((rule, of) ->
                        texts.put(rule.field() + " " + rule.rule(), of.checked + " " + of.failed + " " + of.warned));
        return texts;
    }

    private long checked(long minute) {
        return Objects.requireNonNull(counts.totals(minute).get(RuleName.ALL)).checked;
    }

    @Test
    void shouldCountRecordsRulesAndReasonsOfTheirMinute() {
        // Given
        Ruleset rules = Ruleset.of(RULES);
        Ruleset fewer = Ruleset.of(RULES.subList(2, 3));

        // When
        counts.taken(START, rules);
        counts.failing(START, RULES.subList(1, 2));
        counts.taken(START + 59_999, fewer);
        counts.taken(START + 1, rules);
        counts.failing(START + 1, RULES.subList(0, 2));
        counts.rejected(START + 1, Reason.RULE_FAILED);
        counts.taken(START + 2, Outcome.Taken.UNREAD.rules());
        counts.rejected(START + 2, Reason.MALFORMED);
        counts.taken(START + 60_000, rules);

        // Then
        assertThat(totals(START))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        " *", "4 2 1",
                        " MALFORMED", "4 1 0",
                        " RULE_FAILED", "4 1 0",
                        "n range(0, 9)", "2 1 0",
                        "n warn: one-of(1, 2)", "2 0 2",
                        "s not-blank", "3 0 0"));
        assertThat(totals(START + 60_000)).containsEntry(" *", "1 0 0").hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldCountEachRecordOnceWheneverItIsSentForgottenOrOpenedAgain(long seed) {
        // Given
        Random random = new Random(seed);
        Ruleset rules = Ruleset.of(RULES);
        Map<Long, Long> expected = new TreeMap<>();
        Map<Long, Long> sent = new TreeMap<>();
        TreeSet<Long> changed = new TreeSet<>();
        long now = START;
        long newest = 0;

        // When
        for (int i = 0; i < 3_000; i++) {
            now += random.nextInt(20_000);
            long time = now - (random.nextInt(10) == 0 ? random.nextInt(2 * 3_600_000) : 0);
            counts.taken(time, rules);
            newest = Math.max(newest, time - time % 60_000);
            long minute = Math.max(time - time % 60_000, newest - MinuteCounts.KEPT);
            expected.merge(minute, 1L, Long::sum);
            changed.add(minute);
            if (random.nextInt(50) == 0) {
                counts = new MinuteCounts(store);
            }
            if (random.nextInt(20) == 0) {
                assertThat(counts.unsent()).as("seed %s", seed).containsExactlyElementsOf(changed);
                counts.unsent().forEach(each -> sent.put(each, checked(each)));
                counts.sent();
                changed.clear();
                assertThat(counts.unsentMinutes()).isZero();
            }
        }
        counts.unsent().forEach(each -> sent.put(each, checked(each)));
        counts.sent();

        // Then
        assertThat(sent).as("seed %s", seed).isEqualTo(expected);
        assertThat(Stored.content(store)).hasSizeLessThan(70);
    }
}
