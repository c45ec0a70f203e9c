package dev.firn.sink.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private static final Duration LENGTH = Duration.ofMinutes(10);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final FaultyCatalog catalog = FaultyCatalog.fresh();
    private final TableIdentifier name = TableIdentifier.of("bronze", "events");
    private final Table table = catalog.create(name);

    private boolean take(String holder, Duration later) {
        return Lease.take(catalog.loadTable(name), holder, NOW.plus(later), LENGTH);
    }

    @Test
    void shouldNotBeTakenFromItsHolder() {
        // Given
        assertThat(take("one", Duration.ZERO)).isTrue();

        // When
        boolean isTaken = take("other", LENGTH.minusSeconds(1));

        // Then
        assertThat(isTaken).isFalse();
        assertThat(take("one", LENGTH.minusSeconds(1))).isTrue();
    }

    @Test
    void shouldBeTakenFromADeadHolderWhenItHasRunOut() {
        // Given
        assertThat(take("dead", Duration.ZERO)).isTrue();

        // When
        boolean isTaken = take("other", LENGTH);

        // Then
        assertThat(isTaken).isTrue();
        assertThat(take("dead", LENGTH.plusSeconds(1))).isFalse();
    }

    @Test
    void shouldBeWrittenAnewOnlyWhenHalfOfItIsOver() {
        // Given
        assertThat(take("one", Duration.ZERO)).isTrue();

        // When
        assertThat(take("one", LENGTH.dividedBy(2).minusSeconds(1))).isTrue();
        Instant before = until();
        assertThat(take("one", LENGTH.dividedBy(2))).isTrue();

        // Then
        assertThat(before).isEqualTo(NOW.plus(LENGTH));
        assertThat(until()).isAfter(before);
    }

    private Instant until() {
        table.refresh();
        return Lease.in(table.properties()).orElseThrow().until();
    }

    @Test
    void shouldBeOneHoldersWhenTwoTakeItAtOnce() {
        // Given
        catalog.next(real -> {
            assertThat(take("other", Duration.ZERO)).isTrue();
            real.run();
        });

        // When
        boolean isTaken = take("one", Duration.ZERO);

        // Then
        assertThat(isTaken).isFalse();
        assertThat(take("other", Duration.ofSeconds(1))).isTrue();
    }
}
