package dev.firn.sink.commit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.iceberg.catalog.TableIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commit of some windows of one table, step by step, so that a schedule can come between any two.
 *
 * <pre>
 * step     then
 * seal     claim, or rows if no window has rejects that are not held yet; a window whose files can't be completed is dropped
 * claim    Committed: rejects; Refused: given up; else again
 * rejects  Committed: rows; Refused: given up; else again
 * rows     Committed: held; Refused: given up; else again
 * any      throws: all windows are dropped, and files that may have been proposed are left to be removed by age
 * </pre>
 *
 * <p>Given up means dropped for a single window. Several are taken apart instead, since one stale window says nothing
 * about the others: {@link #remainder}. For one thread at a time.
 */
final class Round {
    private static final Logger LOG = LoggerFactory.getLogger(Round.class);

    private final CommitDesk desk;
    private final TableIdentifier table;
    private final List<Window> unsealed;
    private final List<SealedWindow> windows;
    private Optional<TableCommit> commit = Optional.empty();
    /** The table that others are shut out of, or that there is none; empty before. */
    private Optional<Claimed> claimed = Optional.empty();

    private boolean done;

    private Round(CommitDesk desk, TableIdentifier table, List<Window> unsealed, List<SealedWindow> windows) {
        this.desk = desk;
        this.table = table;
        this.unsealed = new ArrayList<>(unsealed);
        this.windows = new ArrayList<>(windows);
    }

    /** A round of windows of one table, no two of which share a source. */
    static Round of(CommitDesk desk, List<Window> windows) {
        return new Round(desk, windows.get(0).table(), windows, List.of());
    }

    /** What stays to be done, after this round is done. */
    List<Round> remainder() {
        return windows.stream()
                .map(window -> new Round(desk, table, List.of(), List.of(window)))
                .toList();
    }

    boolean isDone() {
        return done;
    }

    /** Goes one step further. What it throws ends the round.
     *
     * @return whether to wait before the next one
     */
    boolean step() {
        boolean whole = false;
        try {
            boolean wait = next();
            whole = true;
            return wait;
        } finally {
            if (!whole) {
                end();
            }
        }
    }

    /**
     * After a defect, or without memory: half of what the step was about may be done, and a snapshot may have the files. Where the
     * ledger ends tells the lanes what of it is.
     */
    private void end() {
        done = true;
        while (!unsealed.isEmpty()) {
            dropUnsealed(unsealed.remove(0), "its commit failed");
        }
        while (!windows.isEmpty()) {
            drop(windows.remove(0).window(), "its commit failed");
        }
    }

    private boolean next() {
        if (!unsealed.isEmpty()) {
            seal();
            return false;
        }
        if (rejectsPending()) {
            return claimed.isPresent() ? attempt(desk.quarantine()) : claim();
        }
        return attempt(table);
    }

    private void seal() {
        while (!unsealed.isEmpty()) {
            Window window = unsealed.get(0);
            try {
                windows.add(sealed(window));
                unsealed.remove(0);
            } catch (RuntimeException e) {
                // the storage's own, whatever it is; the lane reads these records again when it can
                LOG.warn("Files could not be completed table={}", table, e);
                dropUnsealed(unsealed.remove(0), "files could not be completed: " + e);
            }
        }
        done = windows.isEmpty();
    }

    private static SealedWindow sealed(Window window) {
        return new SealedWindow(
                window,
                window.rows().complete(),
                window.rejects().complete(),
                window.rejectRanges().isEmpty(),
                false);
    }

    private void dropUnsealed(Window window, String why) {
        tell(window.rows()::abort);
        tell(window.rejects()::abort);
        drop(window, why);
    }

    /** So that nobody can commit a record as a row that is about to be rejected. */
    private boolean claim() {
        List<SealedWindow> rejecting =
                windows.stream().filter(window -> !window.rejectsHeld()).toList();
        Claimed attempted = desk.store().claim(table, Merge.rows(rejecting).advance());
        if (attempted.outcome() instanceof Outcome.Committed) {
            claimed = Optional.of(attempted);
            return false;
        }
        if (attempted.outcome() instanceof Outcome.Refused refused) {
            giveUp(refused, false, this::deleteFiles);
            return false;
        }
        LOG.info("Claim to be tried again table={} outcome={}", table, attempted.outcome());
        return true;
    }

    private void deleteFiles(SealedWindow window) {
        desk.store().delete(table, window.rows().files());
        if (!window.rejectsHeld()) {
            desk.store().delete(desk.quarantine(), window.rejects().files());
        }
    }

    private boolean rejectsPending() {
        return windows.stream().anyMatch(window -> !window.rejectsHeld());
    }

    private boolean attempt(TableIdentifier target) {
        TableCommit current = commit.orElseGet(() -> desk.store().prepare(target, proposal()));
        commit = Optional.of(current);
        Instant begun = desk.clock().instant();
        Outcome outcome = current.attempt();
        Duration took = Duration.between(begun, desk.clock().instant());
        tell(() -> desk.listener().attempted(target, outcome, took));
        if (outcome instanceof Outcome.Committed committed) {
            log(target, current.proposal(), committed);
            current.settle(outcome);
            commit = Optional.empty();
            held(current, committed);
            return false;
        }
        if (outcome instanceof Outcome.Refused refused) {
            commit = Optional.empty();
            current.settle(refused);
            giveUp(refused, current.mayHaveArrived(), window -> discard(current, window));
            return false;
        }
        LOG.info("Commit to be tried again table={} outcome={}", target, outcome);
        return true;
    }

    /** What leads from a record's coordinates to the commit, and on to the snapshot that has it. */
    private static void log(TableIdentifier target, Proposal proposal, Outcome.Committed committed) {
        LOG.info(
                "Committed table={} commit={} snapshot={} ranges={} rejects={}",
                target,
                proposal.id(),
                committed.snapshotId().isPresent() ? committed.snapshotId().getAsLong() : "none",
                proposal.advance().ranges(),
                proposal.advance().rejects().stream()
                        .mapToLong(RejectRange::rows)
                        .sum());
    }

    private Proposal proposal() {
        return rejectsPending() ? Merge.rejects(windows, claimed.flatMap(Claimed::table)) : Merge.rows(windows);
    }

    private void held(TableCommit settled, Outcome.Committed committed) {
        if (rejectsPending()) {
            windows.replaceAll(SealedWindow::withRejectsHeld);
            return;
        }
        Instant now = desk.clock().instant();
        List<Window> held = windows.stream().map(SealedWindow::window).toList();
        tell(() -> desk.listener().held(table, settled.proposal(), held, committed.snapshotId(), now));
        done = true;
        while (!windows.isEmpty()) {
            Window window = windows.remove(0).window();
            tell(() -> window.reply().accept(new WindowEnd.Held(committed.snapshotId(), now)));
        }
    }

    private void discard(TableCommit refused, SealedWindow window) {
        refused.discardFiles();
        if (!window.rejectsHeld()) {
            desk.store().delete(table, window.rows().files());
        }
    }

    private void giveUp(Outcome.Refused refused, boolean mayHaveArrived, Consumer<SealedWindow> discard) {
        done = true;
        if (windows.size() > 1) {
            if (mayHaveArrived) {
                windows.replaceAll(SealedWindow::withDoubt);
            }
            return;
        }
        LOG.warn("Commit refused table={} why={}", table, refused.why());
        SealedWindow window = windows.get(0);
        if (!window.doubtful()) {
            discard.accept(window);
        }
        windows.clear();
        drop(window.window(), refused.why());
    }

    private void drop(Window window, String why) {
        tell(() -> desk.listener().dropped(window, why));
        tell(() -> window.reply().accept(new WindowEnd.Dropped(why)));
    }

    /** What others throw on hearing of it changes nothing about what has happened. */
    private static void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException | Error e) {
            LOG.error("Could not be told of a commit", e);
        }
    }
}
