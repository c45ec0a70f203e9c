package dev.firn.sink.maintain;

import dev.firn.sink.commit.CallersThread;
import dev.firn.sink.commit.Ledgers;
import dev.firn.sink.table.KeepingOperations;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.RewriteManifests;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.util.PropertyUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges small manifests into larger ones, apart from the commits that made them, so that no commit has to carry forward more
 * than some hundred of them. Gives way to commits, whose manifests it leaves alone; the table's ledger is carried on.
 */
final class ManifestMerge {
    private static final Logger LOG = LoggerFactory.getLogger(ManifestMerge.class);

    private ManifestMerge() {}

    /** Merges if the table has as many small ones as its {@code commit.manifest.min-count-to-merge} says.
     *
     * @return whether it did
     * @throws RuntimeException whatever storage and catalog throw
     */
    static boolean run(Table table) {
        Snapshot current = table.currentSnapshot();
        if (current == null) {
            return false;
        }
        long small = target(table) / 2;
        long count = current.dataManifests(table.io()).stream()
                .filter(manifest -> isSmall(manifest, small))
                .count();
        return count >= enough(table) && merge(table, small, count);
    }

    private static boolean merge(Table table, long small, long count) {
        try {
            RewriteManifests rewrite = careful(table)
                    .rewriteManifests()
                    .scanManifestsWith(CallersThread.EXECUTOR)
                    .clusterBy(file -> "")
                    .rewriteIf(manifest -> isSmall(manifest, small));
            Ledgers.carry(rewrite, table);
            rewrite.commit();
            LOG.info("Merged manifests table={} manifests={}", table.name(), count);
            return true;
        } catch (CommitFailedException e) {
            LOG.debug("Others were faster, manifests stay as they are table={}", table.name(), e);
            return false;
        }
    }

    private static boolean isSmall(ManifestFile manifest, long small) {
        return manifest.content() == ManifestContent.DATA && manifest.length() < small;
    }

    private static long target(Table table) {
        return PropertyUtil.propertyAsLong(
                table.properties(),
                TableProperties.MANIFEST_TARGET_SIZE_BYTES,
                TableProperties.MANIFEST_TARGET_SIZE_BYTES_DEFAULT);
    }

    private static int enough(Table table) {
        return PropertyUtil.propertyAsInt(
                table.properties(),
                TableProperties.MANIFEST_MIN_MERGE_COUNT,
                TableProperties.MANIFEST_MIN_MERGE_COUNT_DEFAULT);
    }

    private static Table careful(Table table) {
        return new BaseTable(new KeepingOperations(((HasTableOperations) table).operations()), table.name());
    }
}
