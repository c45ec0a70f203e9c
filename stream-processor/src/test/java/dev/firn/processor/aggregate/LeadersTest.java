package dev.firn.processor.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.processor.Stored;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeadersTest {
    @TempDir
    private Path dir;

    private final Map<String, Sums> all = new TreeMap<>();
    private Leaders leaders;

    @BeforeEach
    void start() {
        leaders = new Leaders(Stored.inMemory(dir, "leaders"), 3, 4);
    }

    private void spend(String customer, long cents) {
        Sums before = all.getOrDefault(customer, Sums.ZERO);
        Sums after = before.plus(new Sums(cents, 0, 0, 1, 0, 1, 1, 1, 1));
        all.put(customer, after);
        leaders.move(customer.getBytes(StandardCharsets.UTF_8), before, after);
    }

    /** Of each that has changed, what is told in dollars; "gone" where it no longer is among them. */
    private List<String> told() {
        List<String> told = new ArrayList<>();
        leaders.tell(
                customer -> all.getOrDefault(new String(customer, StandardCharsets.UTF_8), Sums.ZERO),
                (customer, sums) -> told.add(new String(customer, StandardCharsets.UTF_8) + " "
                        + (sums == null ? "gone" : BigDecimal.valueOf(sums.net(), 2))));
        return told;
    }

    private void spendByAsManyAsThereIsRoomFor() {
        for (int i = 0; i < TopCustomers.SIZE; i++) {
            spend("C" + (1000 + i), 10_000);
        }
    }

    @Test
    void shouldTellOnceOfEachWhenNothingHasChanged() {
        // Given
        spendByAsManyAsThereIsRoomFor();
        List<String> first = told();

        // When
        List<String> again = told();

        // Then
        assertThat(first).hasSize(TopCustomers.SIZE).contains("C1000 100.00");
        assertThat(again).isEmpty();
    }

    @Test
    void shouldTellWhoIsGoneOnceWhenAnotherHasSpentMore() {
        // Given
        spendByAsManyAsThereIsRoomFor();
        spend("D", 9_999);
        told();

        // When
        spend("D", 2);
        List<String> told = told();

        // Then
        assertThat(told).containsExactly("D 100.01", "C1099 gone");
        assertThat(told()).isEmpty();
    }
}
