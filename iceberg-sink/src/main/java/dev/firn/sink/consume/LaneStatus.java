package dev.firn.sink.consume;

import dev.firn.sink.commit.Source;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.TableIdentifier;

/** How a lane stood at an instant. */
public record LaneStatus(Instant at, List<OfSource> sources, List<OfTable> tables) {
    /** The states in which a source needs an operator. */
    public static List<String> blocks() {
        return Stream.of(SourceState.Block.values()).map(Enum::name).toList();
    }

    /** One partition that the lane is assigned.
     *
     * @param state by the name of a {@link SourceState}, or what blocks it
     * @param position the next offset to be read; empty while that is not known
     */
    public record OfSource(
            Source source, TableIdentifier table, String state, Optional<String> why, OptionalLong position) {
        public boolean isBlocked() {
            return why.isPresent();
        }
    }

    /** One table that the lane fills.
     *
     * @param openRecords in the window that is open
     * @param waitsSince when what it waits for began, if nothing was committed since: records that were read, a schema, or to be
     *     told where to go on; empty if there is nothing
     * @param inFlight windows that were handed over and aren't settled
     */
    public record OfTable(
            TableIdentifier table, long openRecords, long openBytes, Optional<Instant> waitsSince, int inFlight) {
        public boolean isIdle() {
            return openRecords == 0 && inFlight == 0;
        }
    }
}
