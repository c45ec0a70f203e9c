package dev.firn.generator.truth;

import dev.firn.futuremobility.raw.ChargingSession;
import dev.firn.futuremobility.raw.Station;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code gold.station_utilization}: a station's sessions are all in one partition, and its windows follow from that one. */
final class StationUse {
    private final ExpectedTable<StationWindows.Use> table = StationWindows.table();
    private final Map<Integer, StationWindows> partitions = new HashMap<>();

    /** Takes in a session that is not late.
     *
     * @param watermark of the partition, with the session
     */
    void add(ChargingSession session, Station station, int partition, long watermark) {
        partitions
                .computeIfAbsent(partition, number -> new StationWindows(table))
                .add(session, station, watermark);
    }

    List<Expectation> expectations() {
        return table.expectations();
    }
}
