package dev.firn.sink.upsert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.util.ContentFileUtil;
import org.jspecify.annotations.Nullable;

/** The rows of some data files that a table has deleted already, by position. */
final class DeletedRows {
    private final Table table;
    /** By the data file that they are about. */
    private final Map<String, List<DeleteFile>> byFile = new HashMap<>();
    /** About any data file of their partition. */
    private final List<DeleteFile> others = new ArrayList<>();
    /** Rows of one file may have been copied into many. */
    private final Map<String, Optional<PositionDeleteIndex>> loaded = new HashMap<>();

    private DeletedRows(Table table) {
        this.table = table;
    }

    /** In the table's current snapshot. */
    static DeletedRows of(Table table, Set<String> files) {
        DeletedRows deleted = new DeletedRows(table);
        if (table.currentSnapshot() != null) {
            for (ManifestFile manifest : table.currentSnapshot().deleteManifests(table.io())) {
                deleted.read(manifest, files);
            }
        }
        return deleted;
    }

    private void read(ManifestFile manifest, Set<String> files) {
        try (ManifestReader<DeleteFile> deletes =
                ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
            for (DeleteFile delete : deletes) {
                if (delete.content() == FileContent.POSITION_DELETES) {
                    add(delete, files);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(DeleteFile delete, Set<String> files) {
        String file = ContentFileUtil.referencedDataFileLocation(delete);
        if (file == null) {
            others.add(delete.copy());
        } else if (files.contains(file)) {
            byFile.computeIfAbsent(file, name -> new ArrayList<>()).add(delete.copy());
        }
    }

    /** Delete files that are about this file and no other. */
    List<DeleteFile> about(String file) {
        return byFile.getOrDefault(file, List.of());
    }

    /** Null if there are none. */
    @Nullable
    PositionDeleteIndex in(String file) {
        List<DeleteFile> deletes = new ArrayList<>(about(file));
        if (deletes.stream().noneMatch(ContentFileUtil::isDV)) {
            deletes.addAll(others);
        }
        return deletes.isEmpty() ? null : loader().loadPositionDeletes(deletes, file);
    }

    /** The same, for one thread that asks again and again. */
    Optional<PositionDeleteIndex> remembered(String file) {
        return loaded.computeIfAbsent(file, it -> Optional.ofNullable(in(it)));
    }

    private BaseDeleteLoader loader() {
        return new BaseDeleteLoader(delete -> table.io().newInputFile(delete));
    }
}
