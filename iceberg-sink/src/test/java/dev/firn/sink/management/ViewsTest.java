package dev.firn.sink.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.sink.commit.Ledger;
import dev.firn.sink.commit.TableView;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;

class ViewsTest {
    private static final TableIdentifier TABLE = TableIdentifier.of("bronze", "orders");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Instant lastHeld = Instant.EPOCH;
    private int looks;
    private boolean catalogIsAway;
    private final Views views = new Views(table -> look(), table -> lastHeld, clock());

    @Test
    void shouldLookAgainWhenThisProcessHasCommittedOrAWhileIsOver() {
        // Given
        views.recently(TABLE);

        // Then
        assertThat(rows(views.recently(TABLE))).isEqualTo(1);
        lastHeld = now;
        assertThat(rows(views.recently(TABLE))).isEqualTo(2);
        now = now.plusSeconds(9);
        assertThat(rows(views.recently(TABLE))).isEqualTo(2);
        now = now.plusSeconds(1);
        assertThat(rows(views.recently(TABLE))).isEqualTo(3);
        assertThat(rows(views.now(TABLE))).isEqualTo(4);
    }

    @Test
    void shouldShowWhatWasSeenLastWhenTheCatalogIsAway() {
        // Given
        views.now(TABLE);
        catalogIsAway = true;

        // Then
        assertThat(rows(views.now(TABLE))).isEqualTo(1);
    }

    private static long rows(Optional<TableView> view) {
        return view.orElseThrow().rows();
    }

    private Optional<TableView> look() {
        if (catalogIsAway) {
            throw new IllegalStateException("no catalog");
        }
        looks++;
        return Optional.of(
                new TableView(TABLE, looks, 0, 0, 0, 0, OptionalLong.empty(), null, Ledger.EMPTY, Optional.empty()));
    }

    private Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }
}
