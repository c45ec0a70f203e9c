package dev.firn.sink.consume;

import dev.firn.registry.RegistryUnavailableException;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.commit.Advance;
import dev.firn.sink.commit.Claims;
import dev.firn.sink.commit.OffsetRange;
import dev.firn.sink.commit.RejectRange;
import dev.firn.sink.commit.RejectSource;
import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.Window;
import dev.firn.sink.commit.WindowEnd;
import dev.firn.sink.quarantine.Reject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One table of a lane: how far it has followed its sources, and the window that it fills. For one thread. */
final class TableLane {
    private final Target target;
    private final LaneDesk desk;
    private final String owner = UUID.randomUUID().toString();
    private final Map<TopicPartition, Progress> following = new HashMap<>();
    private @Nullable OpenWindow open;
    private int inFlight;
    private int epoch;

    TableLane(Target target, LaneDesk desk) {
        this.target = target;
        this.desk = desk;
    }

    /** As whom the lane commits. Nobody else ever has that name, so that it tells a zombie from its successor. */
    String owner() {
        return owner;
    }

    Target target() {
        return target;
    }

    void follow(TopicPartition partition, long start, Position position, Origin origin) {
        Source source = new Source(partition.topic(), partition.partition());
        RejectSource rejects = new RejectSource(target.table().toString(), source);
        following.put(partition, new Progress(rejects, origin, start, position));
    }

    void forget(TopicPartition partition) {
        following.remove(partition);
    }

    /** Whether a topic that it follows has got partitions since.
     *
     * @param partitions how many a topic has now
     */
    boolean hasGot(ToIntFunction<String> partitions) {
        return following.values().stream().anyMatch(progress -> {
            int before = progress.origin().partitions().orElse(Integer.MAX_VALUE);
            return partitions.applyAsInt(progress.source().topic()) > before;
        });
    }

    /** Takes the records in, up to one whose schema can't be had now.
     *
     * @return the offset to go on at later; empty if all were taken
     * @throws FilesFailedException if the window is lost
     */
    Optional<Long> take(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        Progress progress = progress(partition);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                take(progress, record);
            } catch (RegistryUnavailableException e) {
                return Optional.of(record.offset());
            }
        }
        return Optional.empty();
    }

    private void take(Progress progress, ConsumerRecord<byte[], byte[]> record) {
        OpenWindow window = window();
        if (progress.wasRejectedBefore(record.offset())) {
            window.count(record);
            progress.rejectedBefore();
            return;
        }
        try {
            if (window.rows().takes(record)) {
                window.row(record);
                progress.row();
            } else {
                window.leave();
            }
        } catch (UndecodableException e) {
            window.reject(new Reject(
                    record,
                    progress.origin().topicId(),
                    target.table().toString(),
                    e,
                    desk.clock().instant()));
            progress.reject();
        }
    }

    private OpenWindow window() {
        OpenWindow window = open;
        if (window == null) {
            window = new OpenWindow(
                    desk.files().open(target),
                    desk.rejects().get(),
                    desk.clock().instant());
            open = window;
        }
        return window;
    }

    private Progress progress(TopicPartition partition) {
        Progress progress = following.get(partition);
        if (progress == null) {
            throw new IllegalStateException(target.table() + " does not follow " + partition);
        }
        return progress;
    }

    boolean isDue(Instant now) {
        return open != null && desk.limits().reachedBy(open, now);
    }

    boolean isFull() {
        return open != null && desk.limits().isFull(open);
    }

    /** Whether the open window has records of any of the partitions. */
    boolean hasRecordsOf(Collection<TopicPartition> partitions) {
        return partitions.stream().map(following::get).anyMatch(progress -> progress != null && !progress.isEmpty());
    }

    Optional<OpenWindow> open() {
        return Optional.ofNullable(open);
    }

    long bytes() {
        return open == null ? 0 : open.bytes();
    }

    /** Bytes of memory that the open window holds. */
    long held() {
        return open == null ? 0 : open.held();
    }

    /** Of these, the rejected records. */
    long heldByRejects() {
        return open == null ? 0 : open.rejects().bytes();
    }

    /** Windows that were handed over and aren't settled. */
    int inFlight() {
        return inFlight;
    }

    /** Closes the open window, if there is one, and hands it over.
     *
     * @param feed says up to where the partitions have been read
     * @param settled told in the committer's thread
     */
    void close(Feed feed, BiConsumer<TableLane, Settled> settled) {
        OpenWindow window = open;
        if (window == null) {
            return;
        }
        following.forEach((partition, progress) -> progress.reached(feed.position(partition)));
        Window closed = closed(window, settled);
        following.values().forEach(Progress::handOver);
        open = null;
        inFlight++;
        Optional<String> mixed = mixed();
        if (mixed.isPresent()) {
            window.abort();
            closed.reply().accept(new WindowEnd.Dropped(mixed.get()));
        } else {
            desk.handOver().accept(closed);
        }
    }

    /**
     * Why the window may have records of another origin than it says: a topic that was made anew may well have the next
     * offset. Asked after its last record was read, so that a topic that still is the one that was followed has been all
     * the time. A topic that is gone can't have been replaced by one that was read.
     */
    private Optional<String> mixed() {
        try {
            Map<String, Origin> now = desk.origins()
                    .of(following.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet()));
            return following.entrySet().stream()
                    .flatMap(
                            entry -> entry
                                    .getValue()
                                    .origin()
                                    .difference(now.getOrDefault(entry.getKey().topic(), Origin.UNKNOWN))
                                    .stream())
                    .findFirst();
        } catch (RuntimeException e) {
            // the broker's client throws its own
            return Optional.of("topics can't be asked for their ids: " + e);
        }
    }

    private Window closed(OpenWindow window, BiConsumer<TableLane, Settled> settled) {
        List<OffsetRange> ranges = new ArrayList<>();
        List<RejectRange> rejectRanges = new ArrayList<>();
        for (Progress progress : following.values()) {
            ranges.add(progress.range());
            progress.rejectRange().ifPresent(rejectRanges::add);
        }
        int closedIn = epoch;
        return new Window(
                target.table(),
                advance(ranges),
                window.rows(),
                rejectRanges,
                window.rejects(),
                owner,
                window.tally(),
                window.openedAt(),
                watermark(window),
                end -> {
                    window.rows().release();
                    settled.accept(this, new Settled(closedIn, ranges, end));
                });
    }

    private Advance advance(List<OffsetRange> ranges) {
        Map<String, String> ids = new HashMap<>();
        Map<String, Integer> partitions = new HashMap<>();
        Optional<String> cluster = Optional.empty();
        for (Progress progress : following.values()) {
            Origin origin = progress.origin();
            origin.topicId().ifPresent(id -> ids.put(progress.source().topic(), id));
            origin.partitions()
                    .ifPresent(number -> partitions.put(progress.source().topic(), number));
            cluster = cluster.or(origin::cluster);
        }
        return new Advance(ranges, List.of(), cluster, ids, partitions, continued(), Claims.NONE);
    }

    private Set<Source> continued() {
        return following.values().stream()
                .filter(progress -> progress.isContinued(inFlight == 0))
                .map(Progress::source)
                .collect(Collectors.toSet());
    }

    private Optional<Instant> watermark(OpenWindow window) {
        return following.keySet().stream()
                .flatMap(partition ->
                        window.rows().maxEventTimeMicros(partition).stream().boxed())
                .min(Long::compare)
                .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    /** Takes note of a settled window.
     *
     * @return whether it was dropped, and its records have to be read again
     */
    boolean settle(Settled settled) {
        inFlight--;
        if (settled.epoch() == epoch
                && settled.end() instanceof WindowEnd.Held held
                && held.snapshotId().isPresent()) {
            Set<Source> sources =
                    settled.ranges().stream().map(OffsetRange::source).collect(Collectors.toSet());
            following.values().stream()
                    .filter(progress -> sources.contains(progress.source()))
                    .forEach(Progress::hold);
        }
        return settled.end() instanceof WindowEnd.Dropped && settled.epoch() == epoch;
    }

    /** Gives up all that isn't handed over, and stops to follow. */
    void reset() {
        epoch++;
        following.clear();
        if (open != null) {
            open.abort();
            open = null;
        }
    }

    LaneStatus.OfTable status() {
        return new LaneStatus.OfTable(
                target.table(),
                open == null ? 0 : open.records(),
                bytes(),
                Optional.ofNullable(open).map(OpenWindow::openedAt),
                inFlight);
    }

    /** A settled window, on its way back to its lane. */
    record Settled(int epoch, List<OffsetRange> ranges, WindowEnd end) {}
}
