package dev.firn.sink.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.sink.commit.Source;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;

class SourceWatchTest {
    private static final Source SOURCE = new Source("events", 0);
    private static final SourceWatch.Followed SALES = followed("sales");
    private static final SourceWatch.Followed VISITS = followed("visits");

    @Test
    void shouldMissATableThatNobodyReadsForWhenAnotherOneReadsTheSameTopic() {
        // Given
        Set<SourceWatch.Followed> all = Set.of(SALES, VISITS);

        // When
        SourceWatch.Seen alone = new SourceWatch.Seen(Map.of(SOURCE, 5L), all, Set.of());
        SourceWatch.Seen withAnother = new SourceWatch.Seen(Map.of(SOURCE, 5L), all, Set.of(VISITS));

        // Then
        assertThat(alone.unassigned(Set.of(SALES))).containsExactly(VISITS);
        assertThat(withAnother.unassigned(Set.of(SALES))).isEmpty();
    }

    private static SourceWatch.Followed followed(String table) {
        return new SourceWatch.Followed(SOURCE, TableIdentifier.of("shop", table));
    }
}
