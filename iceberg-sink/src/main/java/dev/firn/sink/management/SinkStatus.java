package dev.firn.sink.management;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/** The sink, as {@code /status} shows it.
 *
 * @param lag records between what was read and the topics' ends, over this instance's partitions; -1 if not known
 * @param openRows read and not committed
 * @param assigned partitions of this instance
 * @param unassigned partitions of matching topics that no instance is assigned, yet
 * @param drained whether everything that the topics held a moment ago, in this instance's partitions, is committed
 */
@Serdeable(naming = SnakeCaseStrategy.class)
public record SinkStatus(
        String state,
        long lag,
        long openRows,
        int assigned,
        int unassigned,
        boolean drained,
        List<TableStatus> tables) {}
