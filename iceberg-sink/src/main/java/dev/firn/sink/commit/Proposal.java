package dev.firn.sink.commit;

import dev.firn.sink.table.Growth;
import dev.firn.sink.table.UpsertKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;

/** What one commit wants to add to a table. Stays the same through all attempts.
 *
 * @param id found again in the table tells that an attempt arrived, whatever its response was
 * @param keys what it does to the keys of an upsert table; empty where rows are appended
 * @param growth what the files need of the table's schema
 * @param avroBytes of the values of the records in the files
 * @param begin before the first of the files was begun
 * @param watermark event time before which the commit's sources are complete, as far as they are in order
 */
public record Proposal(
        UUID id,
        Advance advance,
        List<DataFile> files,
        List<KeyedRows> keys,
        List<Growth> growth,
        long avroBytes,
        Instant begin,
        Optional<Instant> watermark) {
    public Proposal {
        growth = List.copyOf(growth);
        files = List.copyOf(files);
        keys = List.copyOf(keys);
    }

    /** Of files that are new. */
    public static Proposal of(Advance advance, List<DataFile> files, long avroBytes, Optional<Instant> watermark) {
        return new Proposal(UUID.randomUUID(), advance, files, List.of(), List.of(), avroBytes, Instant.MAX, watermark);
    }

    /** Why a table with this key can't take it; empty if it can. */
    Optional<String> refusal(UpsertKey key) {
        Set<String> keyed = new HashSet<>();
        for (KeyedRows rows : keys) {
            if (!rows.columns().equals(key.columns())) {
                return Optional.of("rows by key " + rows.columns() + ", the table's is " + key.columns());
            }
            keyed.addAll(rows.files());
        }
        return files.stream().map(DataFile::location).allMatch(keyed::contains)
                ? Optional.empty()
                : Optional.of("rows without a key, the table's is " + key.columns());
    }

    /** By which files are partitioned that the table does not have yet, by id. */
    public Map<Integer, PartitionSpec> specs() {
        Map<Integer, PartitionSpec> specs = new HashMap<>();
        growth.forEach(each -> specs.putAll(each.specs()));
        return specs;
    }

    /** The same, which in addition makes older rows of these keys obsolete. */
    public Proposal withKeys(List<KeyedRows> changed) {
        return new Proposal(id, advance, files, changed, growth, avroBytes, begin, watermark);
    }

    /** The same, which changes the table's schema first. */
    public Proposal withGrowth(List<Growth> needed) {
        return new Proposal(id, advance, files, keys, needed, avroBytes, begin, watermark);
    }

    /** The same, of files that were not begun before. */
    public Proposal withBegin(Instant since) {
        return new Proposal(id, advance, files, keys, growth, avroBytes, since, watermark);
    }
}
