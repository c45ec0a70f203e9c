package dev.firn.sink.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.quarantine.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortionTest {
    @Test
    void shouldHandOverInTheOrderOfPartitionsWhenOfferedInAnother() {
        // Given
        Portion portion = new Portion(1_000_000);
        List.of(record(1, 3), record(0, 12), record(0, 2)).forEach(portion::offer);

        // When
        List<String> order = new ArrayList<>();
        portion.inOrder(record -> order.add(record.at().text()));

        // Then
        assertThat(order).containsExactly("raw.t-0-2", "raw.t-0-12", "raw.t-1-3");
        assertThat(portion.isFull()).isFalse();
    }

    @Test
    void shouldLeaveRecordsForTheNextTimeWhenTheyDoNotFit() {
        // Given
        Portion portion = new Portion(1_500);

        // When
        List.of(record(0, 1), record(0, 2), record(0, 3)).forEach(portion::offer);

        // Then
        List<Long> offsets = new ArrayList<>();
        portion.inOrder(record -> offsets.add(record.at().offset()));
        assertThat(offsets).containsExactly(1L, 2L);
        assertThat(portion.isFull()).isTrue();
    }

    private static QuarantinedRecord record(int partition, long offset) {
        return new QuarantinedRecord(
                new QuarantinedRecord.Coordinates("raw.t", partition, offset, 0),
                null,
                new byte[1_000],
                List.of(),
                "silver.t",
                Reason.RULE_FAILED,
                false);
    }
}
