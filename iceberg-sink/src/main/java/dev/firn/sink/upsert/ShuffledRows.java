package dev.firn.sink.upsert;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Rows that were copied in any order: where each was is in a file, which is read if something was deleted. */
public final class ShuffledRows implements CopiedRows {
    private static final int BUFFER = 1 << 14;

    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final FileChannel log;
    private final long start;
    private final DataOutputStream out;
    private long rows;

    /** Begins.
     *
     * @param log has those of other copies, too, one after the other, and is not this one's to close
     */
    public ShuffledRows(FileChannel log) {
        this.log = log;
        try {
            this.start = log.position();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(log), BUFFER));
    }

    @Override
    public void begin(String file) {
        numbers.put(file, numbers.size());
    }

    @Override
    public void copied(String file, long position) {
        Integer number = numbers.get(file);
        if (number == null) {
            throw new IllegalArgumentException(file);
        }
        try {
            out.writeInt(number);
            out.writeLong(position);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows++;
    }

    @Override
    public void complete() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Set<String> files() {
        return numbers.keySet();
    }

    @Override
    public long count() {
        return rows;
    }

    @Override
    public Roaring64Bitmap deleted(DeletedRows deletes) {
        Map<Integer, PositionDeleteIndex> gone = new HashMap<>();
        numbers.forEach((file, number) -> deletes.remembered(file).ifPresent(positions -> gone.put(number, positions)));
        return gone.isEmpty() ? new Roaring64Bitmap() : deleted(gone);
    }

    private Roaring64Bitmap deleted(Map<Integer, PositionDeleteIndex> gone) {
        Roaring64Bitmap deleted = new Roaring64Bitmap();
        try {
            log.position(start);
            DataInputStream in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(log), BUFFER));
            for (long row = 0; row < rows; row++) {
                PositionDeleteIndex positions = gone.get(in.readInt());
                long position = in.readLong();
                if (positions != null && positions.isDeleted(position)) {
                    deleted.addLong(row);
                }
            }
            return deleted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
