package dev.firn.processor.aggregate;

import org.apache.kafka.common.utils.Bytes;

/** What a row of a board is about, and what its sales add up to.
 *
 * @param id as the table gave it; empty where a board has one row
 */
record Member(Bytes id, Sums sums) {
    /** Where a board has one row. */
    static final Bytes ONLY = Bytes.wrap(new byte[0]);
}
