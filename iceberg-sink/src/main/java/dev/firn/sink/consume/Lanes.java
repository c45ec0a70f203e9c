package dev.firn.sink.consume;

import dev.firn.sink.commit.Backoff;
import dev.firn.sink.commit.CommitThreads;
import dev.firn.sink.commit.Register;
import dev.firn.sink.commit.SourcesNow;
import dev.firn.sink.commit.TableStore;
import dev.firn.sink.decode.ValueFormat;
import dev.firn.sink.decode.WriterSchemas;
import dev.firn.sink.keys.KeySpace;
import dev.firn.sink.quarantine.HeldRejects;
import dev.firn.sink.quarantine.Rejects;
import dev.firn.sink.table.Tables;
import dev.firn.sink.write.TableWriters;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The lanes of an instance, running. */
public final class Lanes implements AutoCloseable {
    private static final Duration LEAVING = Duration.ofSeconds(10);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    private final List<LaneThread> threads;
    private final KafkaOrigins origins;
    private final Duration goodbye;

    private Lanes(List<LaneThread> threads, KafkaOrigins origins, Duration goodbye) {
        this.threads = threads;
        this.origins = origins;
        this.goodbye = goodbye;
    }

    /** What lanes need of the rest of the sink. */
    public record Collaborators(
            Routes routes,
            Tables tables,
            TableStore store,
            TableWriters writers,
            LongSupplier memoryHeld,
            WriterSchemas schemas,
            TableIdentifier quarantine,
            HeldRejects heldRejects,
            Register register,
            KeySpace windowKeys,
            Supplier<Rejects> rejects,
            CommitThreads commits,
            Clock clock) {}

    /** Starts them. They take what the group assigns to them until they are closed. */
    public static Lanes start(LaneSettings settings, Collaborators with) {
        KafkaOrigins origins = new KafkaOrigins(settings.kafka());
        try {
            Lanes lanes = new Lanes(threads(settings, with, origins), origins, settings.goodbye());
            lanes.threads.forEach(LaneThread::start);
            return lanes;
        } catch (RuntimeException e) {
            // whatever it is: who starts them tries again
            origins.close();
            throw e;
        }
    }

    private static List<LaneThread> threads(LaneSettings settings, Collaborators with, KafkaOrigins origins) {
        List<LaneThread> threads = new ArrayList<>();
        LaneDesk desk = desk(settings, with.routes(), with, origins);
        for (int i = 1; i <= settings.lanes(); i++) {
            threads.add(lane("lane-" + i, settings, desk));
        }
        for (Target other : with.routes().others()) {
            if (settings.takes(other)) {
                LaneSettings own = settings.of(other);
                threads.add(lane("lane-" + other.table(), own, desk(own, topic -> other, with, origins)));
            }
        }
        return threads;
    }

    private static LaneThread lane(String name, LaneSettings settings, LaneDesk desk) {
        Map<String, Object> kafka = ConsumerSettings.of(settings, name);
        Supplier<Consumer<byte[], byte[]>> consumers =
                () -> new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        return new LaneThread(name, desk, consumers, settings.topics(), settings.goodbye());
    }

    private static LaneDesk desk(LaneSettings settings, Routes routes, Collaborators with, Origins origins) {
        return new LaneDesk(
                routes,
                new LedgerPositions(with.store(), with.quarantine(), with.heldRejects(), with.register()),
                origins,
                target -> files(with, target),
                with.rejects(),
                with.commits()::submit,
                settings.limits(),
                with.memoryHeld(),
                settings.startAt(),
                new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10), new SplittableRandom()),
                new ThreadPatience(with.clock()),
                settings.whileRevoked(),
                ASK_AGAIN,
                with.clock());
    }

    /** What topics are now.
     *
     * @throws RuntimeException if the broker can't be asked
     */
    public SourcesNow topics(Set<String> names) {
        return origins.now(names);
    }

    private static RecordFiles files(Collaborators with, Target target) {
        return target.format() == ValueFormat.AVRO
                ? new TableRecordFiles(
                        with.tables(), with.writers(), with.schemas(), with.register(), with.windowKeys(), target)
                : new PlainRecordFiles(with.tables(), with.writers(), with.register(), target);
    }

    /** As each last said. */
    public List<LaneStatus> status() {
        return threads.stream().map(LaneThread::status).toList();
    }

    /** Whether all run. */
    public boolean areAlive() {
        return threads.stream().allMatch(LaneThread::isAlive);
    }

    /** Ends without committing what is open, within a bounded time. */
    public void abandon() {
        threads.forEach(LaneThread::abandon);
        join(LEAVING);
    }

    /** Commits what is open and leaves the group, within a bounded time. */
    @Override
    public void close() {
        threads.forEach(LaneThread::stop);
        join(goodbye.plus(LEAVING));
    }

    private void join(Duration atMost) {
        try {
            long end = System.nanoTime() + atMost.toNanos();
            for (LaneThread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        origins.close();
    }
}
