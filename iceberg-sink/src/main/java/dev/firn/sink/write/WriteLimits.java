package dev.firn.sink.write;

/** What one {@link TableWriter} may hold at a time.
 *
 * @param openFiles whose columns are filled as rows come; rows of more partitions are held as they came until the files are complete
 */
public record WriteLimits(int openFiles) {
    public static final WriteLimits DEFAULT = new WriteLimits(64);

    public WriteLimits {
        if (openFiles < 1) {
            throw new IllegalArgumentException("at least one file must be open, not " + openFiles);
        }
    }
}
