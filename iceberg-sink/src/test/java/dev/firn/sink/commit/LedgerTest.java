package dev.firn.sink.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Source ONE = new Source("raw.activity", 1);
    private static final Source TWO = new Source("raw.activity", 2);
    private static final RejectSource REJECTS = new RejectSource("bronze.activity", ONE);

    @Test
    void shouldBeginAnywhereWhenSourceIsNew() {
        // When
        Ledger ledger = Ledger.EMPTY.plus(Advance.of(List.of(new OffsetRange(ONE, 40, 50, 9, 1))));

        // Then
        assertThat(ledger.held()).containsExactly(Map.entry(ONE, new Span(40, 50)));
        assertThat(ledger.end(TWO)).isEmpty();
    }

    @Test
    void shouldKeepOtherSourcesWhenOneAdvances() {
        // Given
        Ledger before = Ledger.EMPTY.plus(
                Advance.of(List.of(new OffsetRange(ONE, 0, 5, 5, 0), new OffsetRange(TWO, 0, 7, 7, 0))));

        // When
        Ledger after = before.plus(Advance.of(List.of(new OffsetRange(TWO, 7, 9, 2, 0))));

        // Then
        assertThat(after.held()).containsExactly(Map.entry(ONE, new Span(0, 5)), Map.entry(TWO, new Span(0, 9)));
    }

    @Test
    void shouldRefuseWhenRangeDoesNotStartAtTheEnd() {
        // Given
        Ledger ledger = Ledger.EMPTY.plus(Advance.of(List.of(new OffsetRange(ONE, 0, 5, 5, 0))));

        // Then
        for (long start : new long[] {0, 4, 6}) {
            Advance advance = Advance.of(List.of(new OffsetRange(ONE, start, start + 1, 1, 0)));
            assertThat(ledger.refusal(advance)).isPresent();
            assertThatThrownBy(() -> ledger.plus(advance)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldRefuseRejectsWhenMarkHasMoved() {
        // Given
        Ledger before = Ledger.EMPTY;
        Ledger after = before.plus(Advance.ofRejects(List.of(new RejectRange(REJECTS, RejectMark.NONE, 10, 2))));

        // Then
        assertThat(after.rejectMark(REJECTS)).isEqualTo(new RejectMark(10, 2));
        assertThat(after.refusal(Advance.ofRejects(List.of(new RejectRange(REJECTS, RejectMark.NONE, 10, 2)))))
                .isPresent();
        assertThat(after.plus(Advance.ofRejects(List.of(new RejectRange(REJECTS, new RejectMark(10, 2), 8, 1))))
                        .rejectMark(REJECTS))
                .isEqualTo(new RejectMark(10, 3));
    }

    @Test
    void shouldRefuseRangeWhenKeysComeThroughMorePartitions() {
        // Given
        Ledger before = Ledger.EMPTY.plus(through(4, new OffsetRange(ONE, 0, 10, 10, 0)));

        // Then
        OffsetRange next = new OffsetRange(ONE, 10, 20, 10, 0);
        assertThat(before.refusal(through(6, next)))
                .hasValueSatisfying(why -> assertThat(why).contains("6 partitions", "knows 4"));
        assertThat(before.refusal(through(4, next))).isEmpty();
        assertThat(LedgerJson.readLedger(LedgerJson.write(before))).isEqualTo(before);
    }

    private static Advance through(int partitions, OffsetRange range) {
        return new Advance(
                List.of(range),
                List.of(),
                Optional.empty(),
                Map.of(),
                Map.of(ONE.topic(), partitions),
                Set.of(),
                Claims.NONE);
    }

    @Test
    void shouldComeBackFromJsonWhenWritten() {
        // Given
        Advance advance = new Advance(
                List.of(new OffsetRange(ONE, 3, 50, 40, 2)),
                List.of(new RejectRange(REJECTS, RejectMark.NONE, 50, 2)),
                Optional.of("cluster"),
                Map.of("raw.activity", "id"));
        Decision decision = new Decision(
                Decision.Kind.SKIP_LOST_RECORDS,
                "bronze.activity",
                "jane",
                Instant.parse("2026-01-01T00:00:00Z"),
                new TreeMap<>(Map.of(ONE, new Span(3, 9))));
        Ledger ledger = Ledger.EMPTY.plus(advance).plus(decision);

        // When
        String text = LedgerJson.write(ledger);

        // Then
        assertThat(text)
                .isEqualTo("{\"v\":1,\"cluster\":\"cluster\",\"ids\":{\"raw.activity\":\"id\"},"
                        + "\"held\":{\"raw.activity\":{\"1\":[3,50]}},"
                        + "\"rejects\":{\"bronze.activity\":{\"raw.activity\":{\"1\":[50,2]}}},"
                        + "\"decisions\":[{\"what\":\"skip-lost-records\",\"table\":\"bronze.activity\",\"by\":\"jane\","
                        + "\"at\":\"2026-01-01T00:00:00Z\",\"spans\":{\"raw.activity\":{\"1\":[3,9]}}}]}");
        assertThat(LedgerJson.readLedger(text)).isEqualTo(ledger);
        assertThat(LedgerJson.readRanges(LedgerJson.writeRanges(advance)))
                .isEqualTo(new Advance(advance.ranges(), advance.rejects(), Optional.empty(), Map.of()));
    }

    @Test
    void shouldNotReadWhenTextIsNoLedger() {
        for (String text : List.of("", "{}", "{\"v\":2}", "[1", "{\"v\":1,\"held\":{\"t\":{\"0\":[1]}}}")) {
            assertThatThrownBy(() -> LedgerJson.readLedger(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
