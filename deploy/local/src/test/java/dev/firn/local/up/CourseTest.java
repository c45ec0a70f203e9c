package dev.firn.local.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.local.status.GeneratorStatus;
import dev.firn.local.status.Observation;
import dev.firn.local.status.SinkStatus;
import dev.firn.local.status.TableStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CourseTest {
    private final Course course = new Course();

    @Test
    void shouldTellLagOfBothHalvesOfTheTimeInWhichEventsCame() {
        // When
        LongStream.of(10, 20, 30, 700, 800, 900).forEach(lag -> course.add(seen("RUNNING", lag)));
        course.add(seen("DONE", 5000));

        // Then
        assertThat(course.lagAtFirst()).hasValue(20);
        assertThat(course.lagLater()).hasValue(800);
        assertThat(course.highestLag()).hasValue(900);
    }

    @Test
    void shouldCountEachCommitOnceWhenItIsSeenAgain() {
        // When
        for (var snapshot = 1L; snapshot <= 100; snapshot++) {
            var now = seen("RUNNING", 0, table(snapshot, snapshot * 10, snapshot * 100));
            course.add(now);
            if (snapshot == 100) {
                LongStream.range(0, 1000).forEach(again -> course.add(now));
            }
        }

        // Then
        assertThat(course.freshnessP50("gold.sales")).hasValue(500);
        assertThat(course.freshnessP99("gold.sales")).hasValue(9900);
    }

    @Test
    void shouldTellNothingWhenNothingWasSeen() {
        assertThat(course.highestLag()).isEmpty();
        assertThat(course.lagAtFirst()).isEmpty();
        assertThat(course.lagLater()).isEmpty();
        assertThat(course.freshnessP99("gold.sales")).isEmpty();
    }

    private static Observation seen(String generator, long lag, TableStatus... tables) {
        return new Observation(
                1,
                Optional.of(new GeneratorStatus(generator, 1, 1)),
                Optional.empty(),
                Optional.of(new SinkStatus("RUNNING", lag, false, List.of(tables))));
    }

    private static TableStatus table(long snapshot, long p50, long p99) {
        return new TableStatus("gold.sales", "RUNNING", Map.of(), 1, 0, 1, 1, 1, snapshot, snapshot, null, p50, p99);
    }
}
