package dev.firn.sink.commit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.DataFile;

/** What one commit wants to add to a table. Stays the same through all attempts.
 *
 * @param id found again in the table tells that an attempt arrived, whatever its response was
 * @param avroBytes of the values of the records in the files
 * @param watermark event time before which the commit's sources are complete, as far as they are in order
 */
public record Proposal(UUID id, Advance advance, List<DataFile> files, long avroBytes, Optional<Instant> watermark) {
    public Proposal {
        files = List.copyOf(files);
    }

    public static Proposal of(Advance advance, List<DataFile> files, long avroBytes, Optional<Instant> watermark) {
        return new Proposal(UUID.randomUUID(), advance, files, avroBytes, watermark);
    }
}
