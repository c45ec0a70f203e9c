package dev.firn.sink.commit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** What the snapshots of a table refer to, of any branch or tag, as far as it was written after some sequence number. */
public final class References {
    private final Table table;
    private final long sequenceNumber;
    private final Set<String> lists = new HashSet<>();
    private final Map<String, ManifestFile> manifests = new HashMap<>();

    private References(Table table, long sequenceNumber) {
        this.table = table;
        this.sequenceNumber = sequenceNumber;
    }

    /** Of the table as it was loaded or last refreshed. Reads the manifest lists of the snapshots after that number. */
    public static References since(long sequenceNumber, Table table) {
        References references = new References(table, sequenceNumber);
        table.snapshots().forEach(references::add);
        return references;
    }

    private void add(Snapshot snapshot) {
        if (isAfter(snapshot.sequenceNumber())) {
            lists.add(snapshot.manifestListLocation());
            snapshot.allManifests(table.io()).forEach(manifest -> manifests.put(manifest.path(), manifest));
        }
    }

    /** In a table of format version 1 everything has the number 0. */
    private boolean isAfter(long number) {
        return number == 0 || number > sequenceNumber;
    }

    /** Those of the files, all written after the number, that nothing refers to.
     *
     * @param withContent whether data and delete files are among them, so that manifests have to be read
     */
    public Set<String> without(Collection<String> files, boolean withContent) {
        Set<String> rest = new HashSet<>(files);
        rest.removeAll(lists);
        rest.removeAll(manifests.keySet());
        if (withContent) {
            manifests.values().stream()
                    .filter(manifest -> isAfter(manifest.sequenceNumber()))
                    .forEach(manifest -> removeContent(manifest, rest));
        }
        return rest;
    }

    private void removeContent(ManifestFile manifest, Set<String> rest) {
        try (ManifestReader<? extends ContentFile<?>> files = open(manifest)) {
            files.forEach(file -> rest.remove(file.location()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ManifestReader<? extends ContentFile<?>> open(ManifestFile manifest) {
        return manifest.content() == ManifestContent.DELETES
                ? ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())
                : ManifestFiles.read(manifest, table.io(), table.specs());
    }
}
