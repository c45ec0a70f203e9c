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

class OpenPanesTest {
    private static final int LARGEST_SESSION = 900_000;

    @TempDir
    private Path dir;

    @Test
    void shouldKeepChunksSmallWhenSessionIdsAreLarge() {
        // Given
        OpenPanes minutes = new OpenPanes(Stored.growing(dir, "minutes"), MinuteFacts.PANES, 64);
        Bytes dimensions = new Dimensions(new Utf8("search"), new Utf8("DE"), new Utf8("mobile")).pack(new Packer());
        Utf8 session = new Utf8("s".repeat(LARGEST_SESSION));
        for (int event = 0; event < 40; event++) {
            int dwell = event;
            Utf8 id = event % 2 == 0 ? session : new Utf8("s");
            minutes.add(0, dimensions, chunk -> FactChunk.add(dwell, id, chunk));
        }
        List<Integer> sizes = new ArrayList<>();
        List<Long> dwells = new ArrayList<>();

        // When
        minutes.close(MinuteFacts.PANES.pane(), new OpenPanes.Closing() {
            @Override
            public void chunks(long minute, byte[] dims, List<byte[]> chunks) {
                for (byte[] chunk : chunks) {
                    sizes.add(chunk.length);
                    FactChunk.of(chunk).fold((dwell, id) -> dwells.add(dwell));
                }
            }

            @Override
            public void end(long minute) {
                assertThat(minute).isZero();
            }
        });

        // Then
        assertThat(sizes).allSatisfy(size -> assertThat(size).isLessThan(1_000_000));
        assertThat(dwells).hasSize(40).isSorted().doesNotHaveDuplicates();
    }
}
