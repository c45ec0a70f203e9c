package dev.firn.processor.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.processor.Stored;
import dev.firn.processor.watermark.Watermarks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaneCollectTest {
    @TempDir
    private Path dir;

    private boolean drained = true;

    @Test
    void shouldNotBeWaitedForWhenManyLooksInARowFoundNoEvent() {
        // Given
        MockProcessorContext<byte[], byte[]> context = context();
        Punctuator look = start(context);

        // When, Then
        long hours = Duration.ofHours(5).toMillis();
        look.punctuate(hours);
        look.punctuate(2 * hours);
        assertThat(told(context)).isEmpty();
        look.punctuate(2 * hours + 1_000);
        assertThat(told(context)).containsExactly(new PaneMessage.Idle(2));
        assertThat(context.scheduledPunctuators().get(0).getType()).isEqualTo(PunctuationType.WALL_CLOCK_TIME);
        assertThat(context.scheduledPunctuators().get(0).getInterval()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void shouldBeWaitedForWhenItsTopicHoldsWhatIsNotTakenIn() {
        // Given
        MockProcessorContext<byte[], byte[]> context = context();
        Punctuator look = start(context);

        // When
        look.punctuate(1);
        look.punctuate(2);
        drained = false;
        look.punctuate(3);
        drained = true;
        look.punctuate(4);
        look.punctuate(5);

        // Then
        assertThat(told(context)).containsExactly(new PaneMessage.Watermark(2, Watermarks.NONE));
    }

    @Test
    void shouldBeWaitedForAgainWhenItsTopicHoldsMoreAfterSilence() {
        // Given
        MockProcessorContext<byte[], byte[]> context = context();
        Punctuator look = start(context);
        for (int at = 0; at < 10; at++) {
            look.punctuate(at);
        }

        // When
        drained = false;
        look.punctuate(10);
        look.punctuate(11);

        // Then
        assertThat(told(context))
                .containsExactly(new PaneMessage.Idle(2), new PaneMessage.Watermark(2, Watermarks.NONE));
    }

    private Punctuator start(MockProcessorContext<byte[], byte[]> context) {
        new PaneCollectProcessor(new PaneCollectProcessor.Config(
                        "panes", Duration.ofSeconds(3), partition -> partition != 2 || drained, WindowKind.minutes(1)))
                .init(context);
        return context.scheduledPunctuators().get(0).getPunctuator();
    }

    private static List<PaneMessage> told(MockProcessorContext<byte[], byte[]> context) {
        return context.forwarded().stream()
                .map(each -> PaneMessage.unpack(each.record().value()))
                .toList();
    }

    private MockProcessorContext<byte[], byte[]> context() {
        MockProcessorContext<byte[], byte[]> context =
                new MockProcessorContext<>(new Properties(), new TaskId(0, 2), dir.toFile());
        context.addStateStore(Stored.growing(dir, "panes"));
        return context;
    }
}
