package dev.firn.processor.dimension;

import org.apache.kafka.common.utils.Bytes;

/** An entity as it was for a while.
 *
 * @param number 1 is the first
 * @param from in epoch microseconds
 * @param to exclusive, or {@link #OPEN}
 * @param attributes a row, encoded, with nothing said of the version
 */
record Version(int number, long from, long to, Bytes attributes) {
    static final long OPEN = Long.MAX_VALUE;

    boolean isCurrent() {
        return to == OPEN;
    }
}
