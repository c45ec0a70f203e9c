package dev.firn.processor.config;

import dev.firn.config.ConfigurationException;
import dev.firn.processor.run.ContractSettings;
import dev.firn.processor.run.EngineConfig;
import dev.firn.processor.topology.Settings;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.ReadableBytes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The keys below {@code firn.processor.}: see the module's README for each. */
@ConfigurationProperties("firn.processor")
public record ProcessorSettings(
        @Bindable(defaultValue = "firn-processor") String applicationId,
        @Nullable String instanceId,
        @Bindable(defaultValue = "data/processor") String stateDir,
        @Bindable(defaultValue = "2") int threads,
        @Bindable(defaultValue = "500ms") Duration commitInterval,
        @ReadableBytes @Bindable(defaultValue = "64MB") long cache,
        @ReadableBytes @Bindable(defaultValue = "256MB") long rocksdbMemory,
        @Bindable(defaultValue = "4") int partitions,
        @Bindable(defaultValue = "0") int replication,
        @Bindable(defaultValue = "5m") Duration grace,
        @Bindable(defaultValue = "7d") Duration maxAhead,
        @ReadableBytes @Bindable(defaultValue = "32MB") long dedupFilter,
        @Bindable(defaultValue = "30m") Duration sessionGap,
        @Bindable(defaultValue = "60s") Duration idleTimeout,
        @Bindable(defaultValue = "10s") Duration referenceWait,
        @Bindable(defaultValue = "200ms") Duration referenceRetry,
        @Bindable(defaultValue = "1s") Duration emitInterval,
        @Bindable(defaultValue = "400d") Duration salesRetention,
        @Bindable(defaultValue = "60s") Duration stuckAfter,
        @Bindable(defaultValue = "raw\\..*") String topics,
        @Bindable(defaultValue = "5s") Duration topicInterval,
        @Bindable(defaultValue = "1") int topicThreads,
        @ReadableBytes @Bindable(defaultValue = "8MB") long topicCache,
        @ReadableBytes @Bindable(defaultValue = "2MB") long topicDedupFilter,
        @Bindable(defaultValue = "true") boolean futureMobility) {

    private static final int LARGEST_ROW = 4_000_000;
    private static final long MOST_FILTER = 4L << 30;

    /** Checks each key. */
    public ProcessorSettings {
        check(!applicationId.isBlank(), "application-id", "not blank", applicationId);
        check(!stateDir.isBlank(), "state-dir", "not blank", stateDir);
        check(threads > 0, "threads", "at least 1", threads);
        check(cache >= 0, "cache", "0 or more", cache);
        check(rocksdbMemory > 0, "rocksdb-memory", "above 0", rocksdbMemory);
        check(partitions > 0, "partitions", "at least 1", partitions);
        check(replication >= 0 && replication <= Short.MAX_VALUE, "replication", "0 or more", replication);
        check(!grace.isNegative(), "grace", "0 or more", grace);
        check(!maxAhead.isNegative(), "max-ahead", "0 or more", maxAhead);
        checkPositive("commit-interval", commitInterval);
        check(dedupFilter > 0 && dedupFilter <= MOST_FILTER, "dedup-filter", "above 0, at most 4GB", dedupFilter);
        checkPositive("session-gap", sessionGap);
        checkPositive("idle-timeout", idleTimeout);
        checkPositive("reference-wait", referenceWait);
        checkPositive("reference-retry", referenceRetry);
        checkPositive("emit-interval", emitInterval);
        check(salesRetention.toDays() > 0, "sales-retention", "at least 1d", salesRetention);
        checkPositive("stuck-after", stuckAfter);
        check(isPattern(topics), "topics", "a pattern of names", topics);
        checkPositive("topic-interval", topicInterval);
        check(topicThreads > 0, "topic-threads", "at least 1", topicThreads);
        check(topicCache >= 0, "topic-cache", "0 or more", topicCache);
        check(
                topicDedupFilter > 0 && topicDedupFilter <= MOST_FILTER,
                "topic-dedup-filter",
                "above 0, at most 4GB",
                topicDedupFilter);
    }

    /** All of it, with how to reach Kafka. */
    public EngineConfig engine(Map<String, String> kafka) {
        return new EngineConfig(
                applicationId,
                kafka,
                Path.of(stateDir),
                instanceId,
                threads,
                commitInterval,
                cache,
                rocksdbMemory,
                partitions,
                replication == 0 ? -1 : replication,
                this::topologies,
                futureMobility,
                contracts());
    }

    private ContractSettings contracts() {
        return new ContractSettings(
                Pattern.compile(topics),
                topicInterval,
                topicThreads,
                topicCache,
                topicDedupFilter,
                grace,
                maxAhead,
                referenceWait,
                referenceRetry,
                emitInterval,
                LARGEST_ROW);
    }

    private static boolean isPattern(String text) {
        try {
            Pattern.compile(text);
            return !text.isBlank();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private Settings topologies(Settings.Partitions partitionsOfRaw) {
        return new Settings(
                partitionsOfRaw,
                grace,
                maxAhead,
                dedupFilter,
                sessionGap,
                idleTimeout,
                referenceWait,
                referenceRetry,
                emitInterval,
                salesRetention,
                LARGEST_ROW);
    }

    private static void checkPositive(String key, Duration value) {
        check(value.toMillis() > 0, key, "at least 1ms", value);
    }

    private static void check(boolean condition, String key, String wanted, Object value) {
        if (!condition) {
            throw new ConfigurationException("firn.processor." + key + ": must be " + wanted + ", is " + value);
        }
    }
}
