package dev.firn.sink.consume;

import dev.firn.registry.RegistryUnavailableException;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.commit.Advance;
import dev.firn.sink.commit.OffsetRange;
import dev.firn.sink.commit.Window;
import dev.firn.sink.commit.WindowEnd;
import dev.firn.sink.quarantine.Reject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One table of a lane: how far it follows its sources, and the window that it fills. For one thread. */
final class TableLane {
    private final Target target;
    private final LaneDesk desk;
    private final String owner = UUID.randomUUID().toString();
    private final TableSources sources;
    private final Waiting waiting = new Waiting();
    private @Nullable OpenWindow open;
    private int inFlight;
    private int epoch;

    TableLane(Target target, LaneDesk desk) {
        this.target = target;
        this.desk = desk;
        this.sources = new TableSources(target.table());
    }

    /** As whom the lane commits. Nobody else ever has that name, so that it tells a zombie from its successor. */
    String owner() {
        return owner;
    }

    Target target() {
        return target;
    }

    /** Which partitions, and how far. */
    TableSources sources() {
        return sources;
    }

    /** Takes the records in, up to one whose schema can't be had now.
     *
     * @return the offset to go on at later; empty if all were taken
     * @throws FilesFailedException if the window is lost
     */
    Optional<Long> take(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        Progress progress = sources.of(partition);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                take(progress, record);
            } catch (RegistryUnavailableException e) {
                abortUnused();
                return Optional.of(record.offset());
            }
        }
        return Optional.empty();
    }

    /** A window without a record would be committed all the same when its time has come. */
    private void abortUnused() {
        if (open != null && open.records() == 0) {
            open.abort();
            open = null;
        }
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

    boolean isDue(Instant now) {
        return open != null && desk.limits().reachedBy(open, now);
    }

    boolean isFull() {
        return open != null && desk.limits().isFull(open);
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
        sources.reached(feed);
        Window closed = closed(window, settled);
        sources.handOver();
        open = null;
        inFlight++;
        Optional<String> mixed = sources.mixed(desk.origins());
        if (mixed.isPresent()) {
            window.abort();
            closed.reply().accept(new WindowEnd.Dropped(mixed.get()));
        } else {
            desk.handOver().accept(closed);
        }
    }

    private Window closed(OpenWindow window, BiConsumer<TableLane, Settled> settled) {
        Advance advance = sources.advance(inFlight == 0);
        int closedIn = epoch;
        return new Window(
                target.table(),
                advance,
                window.rows(),
                sources.rejectRanges(),
                window.rejects(),
                owner,
                window.tally(),
                window.openedAt(),
                watermark(window),
                end -> {
                    try {
                        window.rows().release();
                    } finally {
                        settled.accept(this, new Settled(closedIn, advance.ranges(), end));
                    }
                });
    }

    private Optional<Instant> watermark(OpenWindow window) {
        return sources.all().stream()
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
        if (settled.end() instanceof WindowEnd.Held) {
            waiting.committed();
        }
        if (settled.epoch() == epoch
                && settled.end() instanceof WindowEnd.Held held
                && held.snapshotId().isPresent()) {
            sources.hold(settled.ranges());
        }
        return settled.end() instanceof WindowEnd.Dropped && settled.epoch() == epoch;
    }

    /** Gives up all that isn't handed over, and stops to follow. */
    void reset() {
        epoch++;
        sources.clear();
        if (open != null) {
            open.abort();
            open = null;
        }
    }

    /** Takes note of how it is.
     *
     * @param heldUp whether a source of the table can't be read now, and no operator is needed for it
     */
    void look(Instant now, boolean heldUp) {
        waiting.look(now, heldUp || inFlight > 0 || (open != null && !open.isEmpty()));
    }

    LaneStatus.OfTable status() {
        return new LaneStatus.OfTable(
                target.table(), open == null ? 0 : open.records(), bytes(), waiting.since(), inFlight);
    }

    /** A settled window, on its way back to its lane. */
    record Settled(int epoch, List<OffsetRange> ranges, WindowEnd end) {}
}
