package dev.firn.sink.commit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Commits the windows of an instance, for each table one after the other, and never waits for one that isn't there.
 *
 * <p>What runs {@link #step}, and when, is for others to decide: {@link CommitThreads} where it is real, a seeded schedule
 * in the simulation. Steps of one table must not overlap; steps of different tables may.
 */
public final class Committer {
    /** What to do with a table after a step. */
    public enum Next {
        NOW,
        AFTER_A_WHILE,
        NOTHING
    }

    private final CommitDesk desk;
    private final Map<TableIdentifier, Queue> tables = new ConcurrentHashMap<>();

    public Committer(CommitDesk desk) {
        this.desk = desk;
    }

    /** Takes a window over. Its reply is told from a later step of its table. Any thread. */
    public void submit(Window window) {
        tables.computeIfAbsent(window.table(), Queue::new).add(window);
    }

    /** Whether the table has a window that is not settled. Any thread. */
    public boolean isBusy(TableIdentifier table) {
        Queue at = tables.get(table);
        return at != null && at.isBusy();
    }

    /** One step of the table's current round, which begins with all windows that wait. What it throws ends that round alone. */
    public Next step(TableIdentifier table) {
        Queue at = tables.get(table);
        return at == null ? Next.NOTHING : at.step();
    }

    private final class Queue {
        private final TableIdentifier table;
        private final Deque<Window> waiting = new ArrayDeque<>();
        private final Deque<Round> rounds = new ArrayDeque<>();
        private @Nullable Round current;

        private Queue(TableIdentifier table) {
            this.table = table;
        }

        synchronized void add(Window window) {
            waiting.add(window);
        }

        synchronized boolean isBusy() {
            return current != null || !rounds.isEmpty() || !waiting.isEmpty();
        }

        Next step() {
            Round round = next();
            if (round == null) {
                return Next.NOTHING;
            }
            try {
                return round.step() ? Next.AFTER_A_WHILE : Next.NOW;
            } finally {
                if (round.isDone()) {
                    finish(round);
                }
            }
        }

        private synchronized @Nullable Round next() {
            if (current == null) {
                current = rounds.isEmpty() ? begin() : rounds.remove();
            }
            return current;
        }

        private @Nullable Round begin() {
            List<Window> together = new ArrayList<>();
            while (!waiting.isEmpty() && together.stream().noneMatch(waiting.element()::sharesSourceWith)) {
                together.add(waiting.remove());
            }
            return together.isEmpty() ? null : Round.of(desk, together);
        }

        private synchronized void finish(Round round) {
            current = null;
            rounds.addAll(round.remainder());
        }

        @Override
        public String toString() {
            return table.toString();
        }
    }
}
