package dev.firn.sink.consume;

import dev.firn.sink.commit.Backoff;
import dev.firn.sink.commit.Window;
import dev.firn.sink.quarantine.Rejects;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What every lane works with.
 *
 * @param askAgain how often a table that is blocked is asked again
 * @param handOver takes closed windows, to be committed
 * @param memoryHeld bytes that open files, keys and rejected records of all windows of the process hold now, of those on the way to a commit, too
 * @param whileRevoked how long a lane waits for the commit of windows whose partitions it loses
 */
record LaneDesk(
        Routes routes,
        Positions positions,
        Origins origins,
        RecordFiles.Factory files,
        Supplier<Rejects> rejects,
        Consumer<Window> handOver,
        WindowLimits limits,
        LongSupplier memoryHeld,
        StartAt startAt,
        Backoff backoff,
        Patience patience,
        Duration whileRevoked,
        Duration askAgain,
        Clock clock) {}
