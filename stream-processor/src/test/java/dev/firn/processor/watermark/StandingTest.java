package dev.firn.processor.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final int PARTITION = 3;

    private final List<String> told = new ArrayList<>();
    private boolean drained = true;
    private final Standing standing = new Standing(
            partition -> partition == PARTITION && drained,
            PARTITION,
            Standing.BETWEEN_LOOKS.multipliedBy(3),
            new Standing.Out() {
                @Override
                public void there(long time, long timestamp) {
                    told.add("there " + time);
                }

                @Override
                public void idle(long timestamp) {
                    told.add("idle");
                }
            });

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            standing.look(0);
        }
    }

    @Test
    void shouldBeIdleOnceAfterThatManyLooksInSilence() {
        // Given
        standing.tell(7, 0);

        // When
        look(2);
        List<String> before = List.copyOf(told);
        look(5);

        // Then
        assertThat(before).containsExactly("there 7");
        assertThat(told).containsExactly("there 7", "idle");
    }

    @Test
    void shouldCountAnewWhenSomethingWasHeard() {
        // Given
        standing.tell(7, 0);
        look(2);

        // When
        standing.heard();
        look(2);

        // Then
        assertThat(told).containsExactly("there 7");
    }

    @Test
    void shouldNotBeIdleWhileSomethingIsLeft() {
        // Given
        standing.tell(7, 0);
        look(2);

        // When
        drained = false;
        look(9);
        drained = true;
        look(2);

        // Then
        assertThat(told).containsExactly("there 7");
    }

    @Test
    void shouldBeThereAgainWhenSomethingComesAfterSilence() {
        // Given
        standing.tell(7, 0);
        look(3);

        // When
        drained = false;
        look(1);

        // Then
        assertThat(told).containsExactly("there 7", "idle", "there 7");
    }

    @Test
    void shouldHaveNewsWhenItIsFurtherOrNotKnownToBeThere() {
        // Given
        boolean first = standing.isNews(7);
        standing.tell(7, 0);
        boolean same = standing.isNews(7);
        boolean further = standing.isNews(8);

        // When
        look(3);

        // Then
        assertThat(first).isTrue();
        assertThat(same).isFalse();
        assertThat(further).isTrue();
        assertThat(standing.isNews(7)).isTrue();
    }
}
