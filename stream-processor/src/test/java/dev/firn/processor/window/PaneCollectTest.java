package dev.firn.processor.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaneCollectTest {
    @TempDir
    private Path dir;

    @Test
    void shouldNotBeWaitedForWhenManyLooksInARowFoundNoEvent() {
        // Given
        MockProcessorContext<byte[], byte[]> context = context();
        new PaneCollectProcessor(new PaneCollectProcessor.Config("panes", Duration.ofSeconds(3), WindowKind.minutes(1)))
                .init(context);
        Punctuator look = context.scheduledPunctuators().get(0).getPunctuator();

        // When, Then
        long hours = Duration.ofHours(5).toMillis();
        look.punctuate(hours);
        look.punctuate(2 * hours);
        assertThat(context.forwarded()).isEmpty();
        look.punctuate(2 * hours + 1_000);
        assertThat(context.forwarded()).hasSize(1);
        assertThat(context.scheduledPunctuators().get(0).getType()).isEqualTo(PunctuationType.WALL_CLOCK_TIME);
        assertThat(context.scheduledPunctuators().get(0).getInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(PaneMessage.unpack(context.forwarded().get(0).record().value()))
                .isEqualTo(new PaneMessage.Idle(2));
    }

    private MockProcessorContext<byte[], byte[]> context() {
        MockProcessorContext<byte[], byte[]> context =
                new MockProcessorContext<>(new Properties(), new TaskId(0, 2), dir.toFile());
        KeyValueStore<byte[], byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("panes"), Serdes.ByteArray(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        return context;
    }
}
