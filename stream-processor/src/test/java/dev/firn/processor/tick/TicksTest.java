package dev.firn.processor.tick;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class TicksTest {
    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();

    @Test
    void shouldScheduleOnceAndOnlyWhileThereIsSomethingToDo() {
        // Given
        AtomicInteger done = new AtomicInteger();
        Ticks ticks = new Ticks(context, Duration.ofSeconds(1), now -> done.incrementAndGet());
        ticks.need(false);
        int before = context.scheduledPunctuators().size();

        // When
        ticks.need(true);
        ticks.need(true);
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(0);
        ticks.need(false);
        ticks.need(true);

        // Then
        assertThat(before).isZero();
        assertThat(done).hasValue(1);
        assertThat(context.scheduledPunctuators())
                .extracting(MockProcessorContext.CapturedPunctuator::cancelled)
                .containsExactly(true, false);
    }
}
