package dev.firn.sink.commit;

/** The offsets {@code [start, end)} that a table holds of one source, all of them.
 *
 * @param start where the table began to follow the source
 * @param end the next offset that the table needs
 */
public record Span(long start, long end) {
    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("no span: [" + start + ", " + end + ")");
        }
    }
}
