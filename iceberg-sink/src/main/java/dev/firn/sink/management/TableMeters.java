package dev.firn.sink.management;

import dev.firn.quarantine.Reason;
import dev.firn.sink.commit.OffsetRange;
import dev.firn.sink.commit.Outcome;
import dev.firn.sink.commit.Proposal;
import dev.firn.sink.commit.Window;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.catalog.TableIdentifier;

/** The meters of one table. Safe for use by many threads. */
final class TableMeters {
    private final MeterRegistry registry;
    private final Tags tags;
    private final Freshness freshness = new Freshness();
    private final Counter rows;
    private final Counter files;
    private final Counter bytes;
    private final Counter avroBytes;
    private volatile Duration lastCommit = Duration.ZERO;
    private volatile Instant lastHeld = Instant.EPOCH;

    TableMeters(MeterRegistry registry, TableIdentifier table) {
        this.registry = registry;
        this.tags = Tags.of("table", table.toString());
        this.rows = counter("firn.sink.rows", "Rows committed");
        this.files = counter("firn.sink.files", "Data files committed");
        this.bytes = counter("firn.sink.bytes", "Bytes of the data files committed");
        this.avroBytes = counter("firn.sink.avro.bytes", "Bytes of the values of the records committed");
        gauge("firn.sink.freshness.p50.seconds", "Age of the last commit's records when visible, median", 50);
        gauge("firn.sink.freshness.p99.seconds", "Age of the last commit's records when visible, 99th percentile", 99);
        Gauge.builder("firn.sink.last.commit.time.seconds", () -> lastHeld.getEpochSecond())
                .description("When the table was last committed to, since the epoch")
                .tags(tags)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private void gauge(String name, String description, double percentile) {
        Gauge.builder(name, () -> freshness.recentPercentile(percentile) / 1_000.0)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    void attempted(Outcome outcome, Duration took) {
        String name = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        Timer.builder("firn.sink.commit")
                .description("Attempts to commit, by how they ended")
                .tags(tags.and("outcome", name))
                .register(registry)
                .record(took);
        if (outcome instanceof Outcome.Committed) {
            lastCommit = took;
        }
    }

    void held(Proposal proposal, List<Window> windows, Instant at) {
        rows.increment((double) proposal.advance().ranges().stream()
                .mapToLong(OffsetRange::rows)
                .sum());
        files.increment(proposal.files().size());
        bytes.increment((double) proposal.files().stream()
                .mapToLong(ContentFile::fileSizeInBytes)
                .sum());
        avroBytes.increment((double) proposal.avroBytes());
        freshness.visible(windows.stream().map(window -> window.tally().times()).toList(), at);
        windows.forEach(window -> quarantined(window.tally().rejected()));
        lastHeld = at;
    }

    private void quarantined(Map<Reason, Long> rejected) {
        rejected.forEach((reason, records) -> Counter.builder("firn.sink.quarantined")
                .description("Records sent to quarantine, by reason")
                .tags(tags.and("reason", reason.name()))
                .register(registry)
                .increment((double) records));
    }

    void dropped() {
        counter("firn.sink.windows.dropped", "Windows given up, to be read again")
                .increment();
    }

    Freshness freshness() {
        return freshness;
    }

    Duration lastCommit() {
        return lastCommit;
    }

    Instant lastHeld() {
        return lastHeld;
    }
}
