package dev.firn.sink.commit;

import dev.firn.sink.table.Growth;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;

/** Several windows of one table into one proposal. */
final class Merge {
    private Merge() {}

    static Proposal rows(List<SealedWindow> windows) {
        List<Advance> advances =
                windows.stream().map(window -> window.window().advance()).toList();
        Map<String, String> topicIds = new TreeMap<>();
        advances.forEach(advance -> topicIds.putAll(advance.topicIds()));
        List<KeyedRows> keys = windows.stream()
                .flatMap(window -> window.window().rows().keys().stream())
                .toList();
        Map<String, Integer> partitions = new TreeMap<>();
        if (!keys.isEmpty()) {
            advances.forEach(advance -> partitions.putAll(advance.partitions()));
        }
        Advance merged = new Advance(
                advances.stream().flatMap(advance -> advance.ranges().stream()).toList(),
                List.of(),
                advances.stream().flatMap(advance -> advance.cluster().stream()).findFirst(),
                topicIds,
                partitions,
                advances.stream()
                        .flatMap(advance -> advance.continued().stream())
                        .collect(Collectors.toSet()),
                Claims.of(owners(windows)));
        List<DataFile> files = windows.stream()
                .flatMap(window -> window.rows().files().stream())
                .toList();
        Optional<Instant> watermark = windows.stream()
                .flatMap(window -> window.window().watermark().stream())
                .min(Instant::compareTo);
        long avroBytes =
                windows.stream().mapToLong(window -> window.rows().avroBytes()).sum();
        List<Growth> growth = windows.stream()
                .flatMap(window -> window.window().rows().growth().stream())
                .toList();
        return Proposal.of(merged, files, avroBytes, watermark)
                .withKeys(keys)
                .withGrowth(growth)
                .withBegin(begin(windows));
    }

    private static Instant begin(List<SealedWindow> windows) {
        return windows.stream()
                .map(window -> window.window().openedAt())
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    private static Map<RejectSource, String> owners(List<SealedWindow> windows) {
        Map<RejectSource, String> owners = new TreeMap<>();
        windows.forEach(window -> owners.putAll(window.window().owners()));
        return owners;
    }

    /** The rejects of those windows that have some.
     *
     * @param shutOut the windows' table, if there is one, that others were shut out of
     */
    static Proposal rejects(List<SealedWindow> windows, Optional<UUID> shutOut) {
        List<SealedWindow> pending =
                windows.stream().filter(window -> !window.rejectsHeld()).toList();
        List<RejectRange> ranges = pending.stream()
                .flatMap(window -> window.window().rejectRanges().stream())
                .toList();
        List<DataFile> files = pending.stream()
                .flatMap(window -> window.rejects().files().stream())
                .toList();
        long avroBytes = pending.stream()
                .mapToLong(window -> window.rejects().avroBytes())
                .sum();
        Claims claims = new Claims(
                owners(pending), Map.of(windows.get(0).window().table().toString(), shutOut.map(UUID::toString)));
        return Proposal.of(Advance.ofRejects(ranges).as(claims), files, avroBytes, Optional.empty())
                .withBegin(begin(windows));
    }
}
