package dev.firn.sink.upsert;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Rows that were copied, those of each file in its order. */
public final class RowsInOrder implements CopiedRows {
    private final Map<String, Copied> byFile = new LinkedHashMap<>();
    private long rows;

    /** Of one file, in the same order.
     *
     * @param from where they were
     * @param to where they are now
     */
    private record Copied(Roaring64Bitmap from, Roaring64Bitmap to) {
        boolean has(long position) {
            return from.contains(position);
        }

        long now(long position) {
            return to.select(from.rankLong(position) - 1);
        }
    }

    @Override
    public void begin(String file) {
        byFile.put(file, new Copied(new Roaring64Bitmap(), new Roaring64Bitmap()));
    }

    /** Positions in one file grow. */
    @Override
    public void copied(String file, long position) {
        Copied copied = byFile.get(file);
        if (copied == null) {
            throw new IllegalArgumentException(file);
        }
        copied.from().addLong(position);
        copied.to().addLong(rows);
        rows++;
    }

    @Override
    public void complete() {
        // nothing is held back
    }

    @Override
    public Set<String> files() {
        return byFile.keySet();
    }

    @Override
    public long count() {
        return rows;
    }

    @Override
    public Roaring64Bitmap deleted(DeletedRows deletes) {
        Roaring64Bitmap deleted = new Roaring64Bitmap();
        byFile.forEach((file, copied) -> {
            PositionDeleteIndex gone = deletes.in(file);
            if (gone != null) {
                gone.forEach(position -> {
                    if (copied.has(position)) {
                        deleted.addLong(copied.now(position));
                    }
                });
            }
        });
        return deleted;
    }
}
