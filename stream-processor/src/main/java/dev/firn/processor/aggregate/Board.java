package dev.firn.processor.aggregate;

import java.util.List;
import org.apache.avro.generic.GenericRecord;

/**
 * How rows of a table follow from sums. Rows that say something of each other, as ranks do, are on one board; boards know
 * nothing of each other.
 */
interface Board {
    /** In the keys of stores and internal messages: not to be changed. */
    int id();

    /** The table's topic. */
    String topic();

    /** Whether each board is of a period, which ends. */
    default boolean isOfPeriod() {
        return false;
    }

    /** The board's rows: a function of its name and of what its members' sums are, in whatever order they come. */
    List<GenericRecord> rows(byte[] name, List<Member> members);
}
