package dev.firn.sink.upsert;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.Table;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Which rows of some files were copied into another one. What is deleted of them in the meantime can be deleted there, too, so that a
 * copy never loses against deletes.
 */
public sealed interface CopiedRows permits RowsInOrder, ShuffledRows {
    /** Rows of this file may be copied. */
    void begin(String file);

    /** The next row of the copy is this one. */
    void copied(String file, long position);

    /** That was the last row. */
    void complete();

    /** Those that were begun. */
    Set<String> files();

    /** How many rows were copied. */
    long count();

    /** Where rows are in the copy that are deleted where they were. */
    Roaring64Bitmap deleted(DeletedRows deletes);

    /** A copy that takes the place of the files it was made of.
     *
     * @param file where the rows are now
     * @param rows that it was made of
     */
    record Copy(DataFile file, CopiedRows rows) {}

    /** The deletes of a table's current snapshot, carried over to copies. Reads the table, and writes delete files.
     *
     * @param name part of the files' names, different for every call
     * @throws RuntimeException whatever the storage throws
     */
    static Carried carry(Table base, List<Copy> copies, String name) {
        Set<String> files = new HashSet<>();
        copies.forEach(copy -> files.addAll(copy.rows().files()));
        DeletedRows deletes = DeletedRows.of(base, files);
        ObsoleteRows rows = new ObsoleteRows();
        copies.forEach(copy -> rows.addAll(Place.of(copy.file()), copy.rows().deleted(deletes)));
        List<DeleteFile> obsolete =
                files.stream().flatMap(file -> deletes.about(file).stream()).toList();
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
    record Carried(List<DeleteFile> added, List<DeleteFile> removed) {}
}
