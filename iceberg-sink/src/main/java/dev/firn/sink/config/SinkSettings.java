package dev.firn.sink.config;

import dev.firn.config.ConfigurationException;
import dev.firn.sink.consume.StartAt;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys below {@code firn.sink.} but {@code firn.sink.catalog.*}, and those of single topics and tables: see
 * {@link CatalogProperties} and {@link Entries}.
 *
 * @param topics names; if there are any, the pattern is not used
 * @param naming rules {@code prefix->prefix}, the first that fits a topic's name makes the table's
 * @param namespace of tables whose name by the rules has none
 * @param asTheyCame namespaces whose rows carry all that Kafka knows of a record
 */
@ConfigurationProperties("firn.sink")
public record SinkSettings(
        @Nullable List<String> topics,

        @Bindable(defaultValue = "(raw|silver|gold|ops|firn-sink\\.retry)\\..*")
        String topicsPattern,

        @Bindable(defaultValue = "firn-sink") String groupId,
        @Bindable(defaultValue = "2") int lanes,
        @Bindable(defaultValue = "earliest") StartAt start,

        @Bindable(defaultValue = "raw.->bronze.,firn-sink.retry.->")
        List<String> naming,

        @Bindable(defaultValue = "default") String namespace,
        @Bindable(defaultValue = "bronze") List<String> asTheyCame,
        @Bindable(defaultValue = "ops.quarantine") String quarantine,
        @Bindable(defaultValue = "firn") String catalogName,
        @Bindable(defaultValue = "5s") Duration windowInterval,
        @Bindable(defaultValue = "128MB") String windowBytes,
        @Bindable(defaultValue = "2000000") long windowRecords,
        @Bindable(defaultValue = "256MB") String memory,
        @Bindable(defaultValue = "64") int openFiles,
        @Bindable(defaultValue = "64MB") String indexMemory,
        @Nullable String indexDirectory,
        @Bindable(defaultValue = "72h") Duration orphanAge,
        @Bindable(defaultValue = "4") int commitThreads,
        @Bindable(defaultValue = "20s") Duration revocationTimeout,
        @Bindable(defaultValue = "20s") Duration shutdownTimeout,
        @Bindable(defaultValue = "2m") Duration stuckAfter) {

    private static final Duration LEAST_ORPHAN_AGE = Duration.ofHours(12);

    public SinkSettings {
        topics = topics == null ? List.of() : List.copyOf(topics);
        require(lanes >= 1, "lanes", "at least 1", lanes);
        require(commitThreads >= 1, "commit-threads", "at least 1", commitThreads);
        require(openFiles >= 1, "open-files", "at least 1", openFiles);
        require(windowRecords >= 1, "window-records", "at least 1", windowRecords);
        require(isPositive(windowInterval), "window-interval", "longer than nothing", windowInterval);
        require(isPositive(stuckAfter), "stuck-after", "longer than nothing", stuckAfter);
        require(orphanAge.compareTo(LEAST_ORPHAN_AGE) >= 0, "orphan-age", "at least 12h", orphanAge);
        require(!namespace.isBlank(), "namespace", "a name", namespace);
        require(quarantine.contains("."), "quarantine", "a table with its namespace", quarantine);
        ByteSize.parse("firn.sink.window-bytes", windowBytes);
        ByteSize.parse("firn.sink.memory", memory);
        ByteSize.parse("firn.sink.index-memory", indexMemory);
        pattern(topics, topicsPattern);
    }

    private static void require(boolean condition, String key, String what, Object is) {
        if (!condition) {
            throw new ConfigurationException("firn.sink." + key + " must be " + what + ", not '" + is + "'");
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    Pattern topicPattern() {
        return pattern(topics == null ? List.of() : topics, topicsPattern);
    }

    private static Pattern pattern(List<String> names, String otherwise) {
        String pattern = names.isEmpty()
                ? otherwise
                : names.stream().map(String::strip).map(Pattern::quote).collect(Collectors.joining("|"));
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new ConfigurationException("firn.sink.topics-pattern is no regular expression: " + e.getMessage());
        }
    }
}
