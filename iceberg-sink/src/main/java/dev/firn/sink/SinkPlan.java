package dev.firn.sink;

import dev.firn.sink.consume.LaneSettings;
import dev.firn.sink.consume.Routes;
import dev.firn.sink.maintain.MaintainSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

/** What a sink is to do.
 *
 * @param catalog handed to Iceberg as it is, with timeouts where it has none; may hold secrets, so this is never printed
 * @param indexMemory bytes for the keys of upsert tables; past it they are in files
 * @param indexDirectory for those files
 * @param orphanAge of files that no snapshot refers to, when they are removed
 * @param maintain of tables that don't say otherwise
 */
public record SinkPlan(
        LaneSettings lanes,
        Routes routes,
        TableIdentifier quarantine,
        String catalogName,
        Map<String, String> catalog,
        int openFiles,
        int commitThreads,
        long indexMemory,
        Path indexDirectory,
        Duration orphanAge,
        MaintainSettings maintain) {
    /** What Iceberg leaves open: without them, a server that never answers holds a commit for ever. */
    private static final Map<String, String> TIMEOUTS =
            Map.of("rest.client.connection-timeout-ms", "10000", "rest.client.socket-timeout-ms", "60000");

    public SinkPlan {
        Map<String, String> given = new HashMap<>(TIMEOUTS);
        given.putAll(catalog);
        catalog = Map.copyOf(given);
    }

    /** The catalog, for the caller to close if it can be closed. Throws whatever it throws while it can't be had. */
    public Catalog openCatalog() {
        return CatalogUtil.buildIcebergCatalog(catalogName, catalog, new Configuration());
    }

    @Override
    public String toString() {
        return "SinkPlan[catalogName=" + catalogName + ", lanes=" + lanes.lanes() + "]";
    }
}
