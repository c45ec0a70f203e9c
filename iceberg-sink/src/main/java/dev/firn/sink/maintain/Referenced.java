package dev.firn.sink.maintain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.ReachableFileUtil;
import org.apache.iceberg.Table;

/**
 * All files that a table's metadata refers to, in any snapshot of any branch or tag, in memory that is bounded: a Bloom filter,
 * which may take a file for one of them that is none, and never the other way round. Each has other hashes, so that what one
 * overlooks the next one finds. Paths are compared without their scheme, which listings may spell otherwise.
 */
final class Referenced {
    private static final int BITS = 1 << 27;
    private static final int PROBES = 4;

    private final long seed = new SplittableRandom().nextLong();
    private final BitSet bits = new BitSet(BITS);

    private Referenced() {}

    /** By the table as it was loaded or last refreshed.
     *
     * @throws RuntimeException whatever the storage throws
     */
    static Referenced by(Table table) {
        Referenced referenced = new Referenced();
        ReachableFileUtil.metadataFileLocations(table, false).forEach(referenced::add);
        referenced.add(ReachableFileUtil.versionHintLocation(table));
        ReachableFileUtil.manifestListLocations(table).forEach(referenced::add);
        ReachableFileUtil.statisticsFilesLocations(table).forEach(referenced::add);
        Set<String> seen = new HashSet<>();
        table.snapshots()
                .forEach(snapshot -> snapshot.allManifests(table.io()).stream()
                        .filter(manifest -> seen.add(manifest.path()))
                        .forEach(manifest -> referenced.addAll(manifest, table)));
        return referenced;
    }

    private void addAll(ManifestFile manifest, Table table) {
        add(manifest.path());
        try (ManifestReader<? extends ContentFile<?>> files = manifest.content() == ManifestContent.DELETES
                ? ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())
                : ManifestFiles.read(manifest, table.io(), table.specs())) {
            files.forEach(file -> add(file.location()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String path) {
        long hash = hash(path);
        for (int probe = 0; probe < PROBES; probe++) {
            bits.set(bit(hash, probe));
        }
    }

    /** Whether the metadata may refer to the file; surely so if it is false. */
    boolean mayHave(String path) {
        long hash = hash(path);
        for (int probe = 0; probe < PROBES; probe++) {
            if (!bits.get(bit(hash, probe))) {
                return false;
            }
        }
        return true;
    }

    private static int bit(long hash, int probe) {
        return (int) (hash + probe * (hash >>> 32 | 1)) & (BITS - 1);
    }

    private long hash(String path) {
        long hash = seed;
        for (int i = path.indexOf("://") + 1; i < path.length(); i++) {
            hash = (hash ^ path.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash * 0xBF58476D1CE4E5B9L;
    }
}
