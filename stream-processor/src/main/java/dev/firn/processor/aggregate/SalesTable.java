package dev.firn.processor.aggregate;

import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Where each sale counts in a table. */
interface SalesTable extends Board {
    /** The name of the board that the sale is on. */
    byte[] board(Sale sale);

    /** What on the board the sale is of. */
    default Bytes member(Sale sale) {
        return Member.ONLY;
    }

    /** What the table counts each once of, for each member; null if nothing of this sale. */
    default byte @Nullable [] distinct(Sale sale) {
        return null;
    }

    /** For how many days it is remembered what was counted, by the newest date of the partition. */
    default int memory() {
        return Seen.FOR_EVER;
    }
}
