package dev.firn.local.supervise;

import dev.firn.local.CommandException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The right to run processes in a role on a data directory: one holder at a time, and none after its process has ended. */
public final class DataLock implements AutoCloseable {
    private final FileChannel channel;

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes it until it is closed, or this process ends.
     *
     * @throws CommandException if another process holds it
     */
    public static DataLock take(Path dataDir, Role role) throws IOException {
        var file = Files.createDirectories(dataDir.resolve("run")).resolve(role.label() + ".lock");
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!isTaken(channel)) {
            channel.close();
            throw new CommandException(
                    "%s already runs on %s (started by process %s): stop that, or use another --data-dir"
                            .formatted(
                                    role.inWords(),
                                    dataDir,
                                    Files.readString(file).trim()));
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return new DataLock(channel);
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        @Nullable Object lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return false;
        }
        return lock != null;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
