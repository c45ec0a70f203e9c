package dev.firn.sink.commit;

/** How far the quarantine table has followed a {@link RejectSource}.
 *
 * @param end all rejects below this offset are in the quarantine table; the target's own end may be behind or ahead
 * @param rows how many there are; changes with every commit, so that {@code (end, rows)} tells two states apart
 */
public record RejectMark(long end, long rows) {
    public static final RejectMark NONE = new RejectMark(0, 0);

    RejectMark plus(long upTo, long added) {
        return new RejectMark(Math.max(end, upTo), rows + added);
    }
}
