package dev.firn.sink.maintain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotParser;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.SupportsBulkOperations;

/** What only snapshots refer to that a table has no more: manifest lists, manifests, data and delete files. */
final class Unreachable {
    private static final List<String> PATH = List.of("file_path");

    private final Table table;
    private final Map<String, ManifestFile> kept = new HashMap<>();

    private Unreachable(Table table) {
        this.table = table;
    }

    /** Deletes it, files before the manifests that name them.
     *
     * @param table refreshed since the snapshots were expired
     * @return how many files
     * @throws RuntimeException whatever the storage throws; unless everything that is left was read, nothing is deleted
     */
    static int delete(Table table, Collection<Snapshot> expired) {
        return new Unreachable(table).delete(expired);
    }

    private int delete(Collection<Snapshot> expired) {
        table.snapshots().forEach(snapshot -> addTo(kept, snapshot));
        Map<String, ManifestFile> manifests = new HashMap<>();
        Set<String> lists = new HashSet<>();
        for (Snapshot snapshot : expired) {
            lists.add(snapshot.manifestListLocation());
            addTo(manifests, snapshot);
        }
        manifests.keySet().removeAll(kept.keySet());
        table.snapshots().forEach(snapshot -> lists.remove(snapshot.manifestListLocation()));
        Set<String> files = files(manifests.values());
        remove(files);
        remove(manifests.keySet());
        remove(lists);
        return files.size() + manifests.size() + lists.size();
    }

    private void addTo(Map<String, ManifestFile> manifests, Snapshot snapshot) {
        // a snapshot keeps the list that it has read, and there are many snapshots
        Snapshot copy = SnapshotParser.fromJson(SnapshotParser.toJson(snapshot));
        copy.allManifests(table.io()).forEach(manifest -> manifests.putIfAbsent(manifest.path(), manifest));
    }

    private Set<String> files(Collection<ManifestFile> manifests) {
        Set<String> files = new HashSet<>();
        manifests.forEach(manifest -> forEachFile(manifest, files::add));
        for (ManifestFile manifest : kept.values()) {
            if (files.isEmpty()) {
                break;
            }
            forEachFile(manifest, files::remove);
        }
        return files;
    }

    private void forEachFile(ManifestFile manifest, Consumer<String> consumer) {
        try (ManifestReader<? extends ContentFile<?>> files = open(manifest).select(PATH)) {
            files.forEach(file -> consumer.accept(file.location()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ManifestReader<? extends ContentFile<?>> open(ManifestFile manifest) {
        return manifest.content() == ManifestContent.DELETES
                ? ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())
                : ManifestFiles.read(manifest, table.io(), table.specs());
    }

    private void remove(Collection<String> files) {
        FileIO io = table.io();
        if (io instanceof SupportsBulkOperations bulk) {
            bulk.deleteFiles(files);
        } else {
            files.forEach(io::deleteFile);
        }
    }
}
