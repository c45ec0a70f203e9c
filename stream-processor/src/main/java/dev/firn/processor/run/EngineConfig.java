package dev.firn.processor.run;

import dev.firn.processor.topology.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the application is run with.
 *
 * @param applicationId consumer group, and prefix of internal topics
 * @param clients properties of every Kafka client, bootstrap servers among them; may hold secrets
 * @param instanceId for static membership: the same after a restart, another for each instance
 * @param cacheBytes of records on their way to the stores
 * @param rocksDbBytes of all stores together: blocks, indexes, filters and write buffers
 * @param partitions of topics that are created
 * @param replication of topics that are created; -1 is the broker's default
 * @param settings for the topologies, by the partitions of raw topics
 * @param futureMobility whether FutureMobility's own topologies run
 * @param contracts the topics that are taken up by their contracts alone
 */
public record EngineConfig(
        String applicationId,
        Map<String, String> clients,
        Path stateDir,
        @Nullable String instanceId,
        int threads,
        Duration commitInterval,
        long cacheBytes,
        long rocksDbBytes,
        int partitions,
        int replication,
        Function<Settings.Partitions, Settings> settings,
        boolean futureMobility,
        ContractSettings contracts) {
    public EngineConfig {
        clients = Map.copyOf(clients);
    }

    /** For the application of one topic that is taken up by its contract. */
    EngineConfig of(String topic) {
        return new EngineConfig(
                applicationId + "." + topic,
                clients,
                stateDir,
                instanceId,
                contracts.threads(),
                commitInterval,
                contracts.cacheBytes(),
                rocksDbBytes,
                partitions,
                replication,
                settings,
                futureMobility,
                contracts);
    }

    @Override
    public String toString() {
        return "EngineConfig[applicationId=" + applicationId + "]";
    }
}
