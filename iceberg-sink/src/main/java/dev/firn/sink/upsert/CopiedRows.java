package dev.firn.sink.upsert;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Which rows of some files were copied into another one, those of each file in its order. What is deleted of them in the meantime
 * can be deleted there, too, so that a copy never loses against deletes.
 */
public final class CopiedRows {
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

    /** Rows of this file will be copied, if any are left. */
    public void begin(String file) {
        byFile.put(file, new Copied(new Roaring64Bitmap(), new Roaring64Bitmap()));
    }

    /** The next row of the copy is this one. Positions in one file grow. */
    public void copied(String file, long position) {
        Copied copied = byFile.get(file);
        if (copied == null) {
            throw new IllegalArgumentException(file);
        }
        copied.from().addLong(position);
        copied.to().addLong(rows);
        rows++;
    }

    Set<String> files() {
        return byFile.keySet();
    }

    /** What the deletes of a table say of the files that were copied.
     *
     * @param obsolete delete files that are about nothing else
     * @param deleted positions in the copy, of rows that were copied
     */
    record Since(List<DeleteFile> obsolete, Roaring64Bitmap deleted) {}

    Since since(DeletedRows deletes) {
        Since since = new Since(new ArrayList<>(), new Roaring64Bitmap());
        byFile.forEach((file, copied) -> {
            since.obsolete().addAll(deletes.about(file));
            PositionDeleteIndex gone = deletes.in(file);
            if (gone != null) {
                gone.forEach(position -> {
                    if (copied.has(position)) {
                        since.deleted().addLong(copied.now(position));
                    }
                });
            }
        });
        return since;
    }

    /** A copy that takes the place of the files it was made of.
     *
     * @param file where the rows are now
     * @param rows that it was made of
     */
    public record Copy(DataFile file, CopiedRows rows) {}

    /** The deletes of a table's current snapshot, carried over to copies. Reads the table, and writes delete files.
     *
     * @param name part of the files' names, different for every call
     * @throws RuntimeException whatever the storage throws
     */
    public static Carried carry(Table base, List<Copy> copies, String name) {
        Set<String> files = new HashSet<>();
        copies.forEach(copy -> files.addAll(copy.rows().files()));
        DeletedRows deletes = DeletedRows.of(base, files);
        ObsoleteRows rows = new ObsoleteRows();
        List<DeleteFile> obsolete = new ArrayList<>();
        for (Copy copy : copies) {
            Since since = copy.rows().since(deletes);
            obsolete.addAll(since.obsolete());
            rows.addAll(Place.of(copy.file()), since.deleted());
        }
        List<DeleteFile> added = new ArrayList<>();
        if (!rows.isEmpty()) {
            RowDeletes.write(base, Map.of(), rows, name).forEach(written -> added.addAll(written.deleteFiles()));
        }
        return new Carried(added, obsolete);
    }

    /** What a commit of the copies has to do besides.
     *
     * @param added deletes of rows that were copied
     * @param removed delete files that are about nothing but the files that the copies were made of
     */
    public record Carried(List<DeleteFile> added, List<DeleteFile> removed) {}
}
