package dev.firn.sink.write;

/** What one {@link TableWriter} may hold at a time.
 *
 * @param openFiles past this many partitions the largest file is closed to make room
 */
public record WriteLimits(int openFiles) {
    public static final WriteLimits DEFAULT = new WriteLimits(64);

    public WriteLimits {
        if (openFiles < 1) {
            throw new IllegalArgumentException("at least one file must be open, not " + openFiles);
        }
    }
}
