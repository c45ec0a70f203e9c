package dev.firn.sink.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.junit.jupiter.api.Test;

class RecentFilesTest {
    private final InMemoryFileIO storage = new InMemoryFileIO();
    // all such storage of a process is one
    private final String folder = UUID.randomUUID() + "/";

    @Test
    void shouldReadFromMemoryWhenTheFileWasWrittenLately() throws IOException {
        // Given
        FileIO io = io(new RecentFiles(1_000));
        write(io.newOutputFile(folder + "a"), "what it holds");
        storage.deleteFile(folder + "a");

        // When
        InputFile read = io.newInputFile(folder + "a", 13);

        // Then
        assertThat(new String(read.newStream().readAllBytes(), UTF_8)).isEqualTo("what it holds");
    }

    @Test
    void shouldForgetWhatWasUsedLongestAgoWhenThereIsNoMoreRoom() throws IOException {
        // Given
        RecentFiles recent = new RecentFiles(20);
        FileIO io = io(recent);
        write(io.newOutputFile(folder + "a"), "ten bytes.");
        write(io.newOutputFile(folder + "b"), "ten bytes.");
        assertThat(recent.find(folder + "a")).isPresent();

        // When
        write(io.newOutputFile(folder + "c"), "one more");

        // Then
        assertThat(recent.find(folder + "a")).isPresent();
        assertThat(recent.find(folder + "b")).isEmpty();
        assertThat(recent.find(folder + "c")).isPresent();
        assertThat(io.newInputFile(folder + "b").getLength()).isEqualTo(10);
    }

    @Test
    void shouldNotKeepWhenTheFileIsLarge() throws IOException {
        // Given
        RecentFiles recent = new RecentFiles(10L * RecentFiles.LARGEST);
        FileIO io = io(recent);

        // When
        write(io.newOutputFile(folder + "small"), "x".repeat(RecentFiles.LARGEST));
        write(io.newOutputFile(folder + "large"), "x".repeat(RecentFiles.LARGEST + 1));

        // Then
        assertThat(recent.find(folder + "small").map(InputFile::getLength))
                .isEqualTo(Optional.of((long) RecentFiles.LARGEST));
        assertThat(recent.find(folder + "large")).isEmpty();
    }

    @Test
    void shouldNotKeepWhenStorageHasNotTakenTheFile() {
        // Given
        RecentFiles recent = new RecentFiles(1_000);
        OutputFile refused = recent.keeping(new Refused(storage.newOutputFile(folder + "a")));

        // When
        assertThatThrownBy(() -> write(refused, "lost")).isInstanceOf(IOException.class);

        // Then
        assertThat(recent.find(folder + "a")).isEmpty();
    }

    private FileIO io(RecentFiles recent) {
        return new RememberingIo(storage, new HashSet<>(), recent);
    }

    private static void write(OutputFile file, String content) throws IOException {
        try (PositionOutputStream stream = file.create()) {
            byte[] bytes = content.getBytes(UTF_8);
            stream.write(bytes[0]);
            stream.write(bytes, 1, bytes.length - 1);
        }
    }

    /** A file of storage that fails when the file is complete. */
    private record Refused(OutputFile file) implements OutputFile {
        @Override
        public PositionOutputStream create() {
            PositionOutputStream stream = file.create();
            return new PositionOutputStream() {
                @Override
                public long getPos() throws IOException {
                    return stream.getPos();
                }

                @Override
                public void write(int b) throws IOException {
                    stream.write(b);
                }

                @Override
                public void close() throws IOException {
                    throw new IOException("no room");
                }
            };
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            return create();
        }

        @Override
        public String location() {
            return file.location();
        }

        @Override
        public InputFile toInputFile() {
            return file.toInputFile();
        }
    }
}
