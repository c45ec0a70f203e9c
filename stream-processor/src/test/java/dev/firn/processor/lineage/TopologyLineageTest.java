package dev.firn.processor.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.lineage.Dataset;
import dev.firn.lineage.RunEvent;
import dev.firn.processor.run.Group;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;

class TopologyLineageTest {
    private static final Group ORDERS = new Group(
            "firn.raw.orders", List.of("raw.orders", "firn.internal"), List.of("silver.orders", "ops.quarantine"));

    private final List<RunEvent> told = new ArrayList<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.CREATED);
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final TopologyLineage lineage = new TopologyLineage(
            told::add, "broker:9092, other:9092", "firn.internal"::equals, Duration.ofMinutes(1), clock());

    @Test
    void shouldTellARunFromItsStartToItsEnd() {
        // Given
        lineage.follow(ORDERS, state::get);
        look(State.CREATED);
        look(State.REBALANCING);

        // When
        look(State.RUNNING);
        look(State.RUNNING);
        look(State.REBALANCING);
        look(State.RUNNING);
        now = now.plusSeconds(60);
        look(State.RUNNING);
        look(State.PENDING_SHUTDOWN);
        look(State.NOT_RUNNING);
        look(State.NOT_RUNNING);
        lineage.end();

        // Then
        assertThat(types())
                .containsExactly(
                        RunEvent.Type.START, RunEvent.Type.RUNNING, RunEvent.Type.RUNNING, RunEvent.Type.COMPLETE);
        assertThat(told).extracting(RunEvent::run).containsOnly(told.get(0).run());
        assertThat(told).extracting(RunEvent::job).containsOnly("stream-processor.firn.raw.orders");
        assertThat(told.get(0).inputs()).extracting(Dataset::namespace).containsOnly("kafka://broker:9092");
        assertThat(told.get(0).inputs()).extracting(Dataset::name).containsExactly("raw.orders");
        assertThat(told.get(0).outputs()).extracting(Dataset::name).containsExactly("ops.quarantine", "silver.orders");
    }

    @Test
    void shouldTellAnotherRunWhenAnApplicationIsBegunAgainAfterAFailure() {
        // Given
        lineage.follow(ORDERS, state::get);
        look(State.RUNNING);
        state.set(State.ERROR);

        // When
        lineage.follow(ORDERS, () -> State.RUNNING);
        lineage.look();

        // Then
        assertThat(types()).containsExactly(RunEvent.Type.START, RunEvent.Type.FAIL, RunEvent.Type.START);
        assertThat(told.get(1).run()).isEqualTo(told.get(0).run());
        assertThat(told.get(2).run()).isNotEqualTo(told.get(0).run());
    }

    @Test
    void shouldTellTheEndOfWhatRunsWhenTheProcessEnds() {
        // Given
        lineage.follow(ORDERS, state::get);
        look(State.RUNNING);

        // When
        lineage.end();

        // Then
        assertThat(types()).containsExactly(RunEvent.Type.START, RunEvent.Type.COMPLETE);
    }

    @Test
    void shouldTellNothingOfWhatNeverRan() {
        // Given
        lineage.follow(ORDERS, state::get);

        // When
        look(State.NOT_RUNNING);

        // Then
        assertThat(told).isEmpty();
    }

    private void look(State seen) {
        state.set(seen);
        lineage.look();
    }

    private List<RunEvent.Type> types() {
        return told.stream().map(RunEvent::type).toList();
    }

    private Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }
}
