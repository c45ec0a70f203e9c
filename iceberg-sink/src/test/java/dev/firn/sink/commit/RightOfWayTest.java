package dev.firn.sink.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.junit.jupiter.api.Test;

class RightOfWayTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<String> steps = new CopyOnWriteArrayList<>();

    private void upkeep(RightOfWay way) {
        try {
            way.yielding(() -> steps.add("upkeep"));
        } catch (CommitFailedException e) {
            steps.add("gave way");
        }
    }

    private static Thread waiting(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        await().atMost(PATIENCE).until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    /** While records are committed. */
    private void upkeepBeside(RightOfWay way) throws InterruptedException {
        way.first(() -> {
                    Thread upkeep = waiting(() -> upkeep(way));
                    steps.add("records");
                    return upkeep;
                })
                .join();
    }

    @Test
    void shouldGiveWayWhileRecordsAreCommitted() throws InterruptedException {
        // Given
        RightOfWay way = new RightOfWay(PATIENCE);

        // When
        upkeepBeside(way);
        upkeep(way);

        // Then
        assertThat(steps).containsExactly("records", "gave way", "upkeep");
    }

    @Test
    void shouldWaitForUpkeepWhenThatHasGivenWayTooOften() throws InterruptedException {
        // Given
        RightOfWay way = new RightOfWay(PATIENCE);
        for (int i = 0; i < RightOfWay.PATIENCE; i++) {
            upkeepBeside(way);
        }
        steps.clear();

        // When
        Thread records = waiting(() -> way.first(() -> steps.add("records")));
        upkeep(way);
        records.join();

        // Then
        assertThat(steps).containsExactly("upkeep", "records");
    }

    @Test
    void shouldWaitForUpkeepWhenRecordsWereFasterTooOften() throws InterruptedException {
        // Given
        RightOfWay way = new RightOfWay(PATIENCE);
        for (int i = 0; i < RightOfWay.PATIENCE; i++) {
            assertThatThrownBy(() -> way.yielding(() -> {
                        throw new CommitFailedException("the base moved");
                    }))
                    .isInstanceOf(CommitFailedException.class);
        }

        // When
        Thread records = waiting(() -> way.first(() -> steps.add("records")));
        upkeep(way);
        records.join();

        // Then
        assertThat(steps).containsExactly("upkeep", "records");
    }

    @Test
    void shouldNotWaitForEverWhenUpkeepHasGivenUp() throws InterruptedException {
        // Given
        RightOfWay way = new RightOfWay(Duration.ofMillis(1));
        for (int i = 0; i < RightOfWay.PATIENCE; i++) {
            upkeepBeside(way);
        }

        // When
        way.first(() -> steps.add("records at last"));

        // Then
        assertThat(steps).endsWith("records at last");
    }
}
