package dev.firn.processor.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.processor.Stored;
import dev.firn.processor.pack.Packer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenMinutesTest {
    private static final int LARGEST_SESSION = 900_000;

    @TempDir
    private Path dir;

    @Test
    void shouldKeepChunksSmallWhenSessionIdsAreLarge() {
        // Given
        OpenMinutes minutes = new OpenMinutes(Stored.inMemory(dir, "minutes"));
        Bytes dimensions = new Dimensions(new Utf8("search"), new Utf8("DE"), new Utf8("mobile")).pack(new Packer());
        Utf8 session = new Utf8("s".repeat(LARGEST_SESSION));
        for (int dwell = 0; dwell < 40; dwell++) {
            minutes.add(0, dimensions, dwell, dwell % 2 == 0 ? session : new Utf8("s"));
        }
        List<Integer> sizes = new ArrayList<>();
        List<Long> dwells = new ArrayList<>();

        // When
        minutes.close(OpenMinutes.MINUTE, (minute, dims, number, chunk) -> {
            sizes.add(chunk.facts().length);
            chunk.fold((dwell, id) -> dwells.add(dwell));
        });

        // Then
        assertThat(sizes).allSatisfy(size -> assertThat(size).isLessThan(1_000_000));
        assertThat(dwells).hasSize(40).isSorted().doesNotHaveDuplicates();
    }
}
