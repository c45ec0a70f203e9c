package dev.firn.sink.maintain;

import dev.firn.sink.commit.UpkeepCommit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packs small files into larger ones, or orders their rows anew where the table says by what, and leaves out what is deleted. Some groups at a time are written beside ingestion and
 * then committed; what was deleted of their rows meanwhile is deleted of the copies in the same commit.
 */
final class Compaction {
    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);
    /** Read before it is committed: the less, the less is lost. */
    private static final long BATCH = 64 << 20;

    private static final Duration LONGEST_BATCH = Duration.ofSeconds(30);
    private static final Duration PUT_OFF = Duration.ofMinutes(10);

    private final SpareMemory memory;
    private final Scratch scratch;
    private final Clock clock;
    /** First files of groups that could not be written or committed, and when they are tried again: others are not to wait. */
    private final Map<String, Instant> putOff = new ConcurrentHashMap<>();

    /** Works.
     *
     * @param scratch for rows whose order changes
     */
    Compaction(SpareMemory memory, Scratch scratch, Clock clock) {
        this.memory = memory;
        this.scratch = scratch;
        this.clock = clock;
    }

    /** What there is to do.
     *
     * @param read the snapshot that it was planned for; null if there is none
     */
    record Plan(@Nullable Snapshot read, List<FileGroup> groups) {
        static final Plan NOTHING = new Plan(null, List.of());

        /** Those whose rows stay in order, or the others. */
        private Plan which(boolean isClustered) {
            return new Plan(
                    read,
                    groups.stream()
                            .filter(group -> group.clusterBy().isPresent() == isClustered)
                            .toList());
        }

        Plan packed() {
            return which(false);
        }

        Plan clustered() {
            return which(true);
        }

        int files() {
            return groups.stream().mapToInt(group -> group.tasks().size()).sum();
        }

        long bytes() {
            return groups.stream().mapToLong(FileGroup::bytes).sum();
        }
    }

    /** What there is to do in the table as it was loaded or last refreshed. Where its rows can't be ordered as it says, they stay in
     * order.
     *
     * @param all as if nothing came in any more
     */
    Plan plan(Table table, MaintainSettings settings, boolean all) {
        putOff.values().removeIf(until -> !clock.instant().isBefore(until));
        Snapshot current = table.currentSnapshot();
        return current == null || !settings.compact()
                ? Plan.NOTHING
                : new Plan(
                        current,
                        groups(table, current, settings, all).stream()
                                .filter(group -> all || !putOff.containsKey(group.first()))
                                .toList());
    }

    private List<FileGroup> groups(Table table, Snapshot current, MaintainSettings settings, boolean all) {
        Instant now = clock.instant();
        Optional<ClusterBy> order = ClusterBy.refusal(table).isPresent() ? Optional.empty() : ClusterBy.of(table);
        return order.map(by -> ClusterPlan.of(table, current, settings, by, now, all))
                .orElseGet(() -> CompactionPlan.of(table, current, settings, now, all));
    }

    /** Does it, as far as it comes.
     *
     * @param until no other batch is begun after that
     * @param pace stepped as it goes on
     * @param go asked before each commit, whether to go on
     * @param done told of each commit
     * @return why it ended early; empty if it did not
     * @throws RuntimeException whatever storage and catalog throw
     */
    Optional<String> run(
            Table table, Plan plan, Instant until, Pace pace, BooleanSupplier go, Consumer<Upkept.Done> done) {
        Snapshot read = plan.read();
        return read == null
                ? Optional.empty()
                : run(plan.groups(), () -> new Batch(table, read, pace), until, pace, go, done);
    }

    private Optional<String> run(
            List<FileGroup> groups,
            Supplier<Batch> batches,
            Instant until,
            Pace pace,
            BooleanSupplier go,
            Consumer<Upkept.Done> done) {
        Batch batch = batches.get();
        int left = 0;
        for (FileGroup group : groups) {
            if (!memory.take(group.memory())) {
                left++;
                continue;
            }
            add(batch, group);
            if (batch.isFull()) {
                Optional<String> refusal = batch.end(go, done);
                if (refusal.isPresent() || clock.instant().isAfter(until)) {
                    return refusal;
                }
                batch = batches.get();
            }
            pace.step();
        }
        Optional<String> refusal = batch.end(go, done);
        return refusal.isPresent() || left == 0
                ? refusal
                : Optional.of("ingestion needs the memory for %d groups of files".formatted(left));
    }

    private void add(Batch batch, FileGroup group) {
        boolean isWritten = false;
        try {
            batch.add(group);
            isWritten = true;
        } finally {
            memory.giveBack();
            if (!isWritten) {
                putOff(group);
                batch.writer.discard();
                batch.writer.close();
            }
        }
    }

    private void putOff(FileGroup group) {
        putOff.put(group.first(), clock.instant().plus(PUT_OFF));
    }

    /** What is committed together. */
    private final class Batch {
        private final Table table;
        private final Snapshot read;
        private final GroupWriter writer;
        private final Instant begin = clock.instant();
        private final List<GroupWriter.Written> written = new ArrayList<>();

        private Batch(Table table, Snapshot read, Pace pace) {
            this.table = table;
            this.read = read;
            this.writer = new GroupWriter(table, Expressions.alwaysFalse(), scratch, pace);
        }

        private void add(FileGroup group) {
            written.add(writer.write(group));
        }

        private long bytes() {
            return written.stream().mapToLong(each -> each.group().bytes()).sum();
        }

        private boolean isFull() {
            return bytes() >= BATCH || clock.instant().isAfter(begin.plus(LONGEST_BATCH));
        }

        /** Why it was not committed; empty if it was, or if there is nothing to commit. */
        private Optional<String> end(BooleanSupplier go, Consumer<Upkept.Done> done) {
            try (writer) {
                if (written.isEmpty()) {
                    return Optional.empty();
                }
                if (!go.getAsBoolean()) {
                    writer.discard();
                    return Optional.of("another instance has taken over");
                }
                return commit(done);
            }
        }

        private Optional<String> commit(Consumer<Upkept.Done> done) {
            int from = files(written);
            int to = written.stream().mapToInt(each -> each.copies().size()).sum();
            Optional<String> refusal =
                    new UpkeepCommit(table, read, begin, writer.locations()).run(new Rewrite(read, written));
            if (refusal.isPresent()) {
                LOG.info("Files stay as they are table={} files={} why={}", table.name(), from, refusal.get());
                written.forEach(each -> putOff(each.group()));
            } else {
                int clustered = files(written.stream()
                        .filter(each -> each.group().clusterBy().isPresent())
                        .toList());
                LOG.info(
                        "Packed table={} files={} into={} bytes={} clustered={}",
                        table.name(),
                        from,
                        to,
                        bytes(),
                        clustered);
                done.accept(Upkept.Done.packed(from, to, bytes(), clustered));
            }
            return refusal;
        }

        private static int files(List<GroupWriter.Written> some) {
            return some.stream().mapToInt(each -> each.group().tasks().size()).sum();
        }
    }
}
