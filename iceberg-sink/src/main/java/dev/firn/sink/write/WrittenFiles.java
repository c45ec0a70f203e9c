package dev.firn.sink.write;

import java.util.List;
import org.apache.iceberg.DataFile;

/** What one writer made, ready to be committed.
 *
 * @param bytes of the files
 * @param avroBytes of the records' values
 */
public record WrittenFiles(List<DataFile> files, long rows, long bytes, long avroBytes) {
    public WrittenFiles {
        files = List.copyOf(files);
    }
}
