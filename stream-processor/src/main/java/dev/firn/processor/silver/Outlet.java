package dev.firn.processor.silver;

import dev.firn.processor.quarantine.Rejection;
import dev.firn.processor.quarantine.Rejects;
import dev.firn.processor.quarantine.Source;
import dev.firn.quarantine.Reason;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Sends rows to their topic, and those that are too large for it to quarantine. A producer would refuse them, too, but only
 * after it has spoilt the transaction, and again after each retry.
 *
 * @param rows child for rows
 * @param quarantine child for the others
 * @param largest row in bytes
 */
public record Outlet(String rows, String quarantine, Rejects rejects, int largest) {
    /** Sends a row, or sets its source aside if the row is too large.
     *
     * @param source of the row, whole
     * @return whether the row was sent
     */
    public boolean send(
            ProcessorContext<byte[], Object> context,
            Source source,
            byte @Nullable [] key,
            byte[] row,
            long timestamp) {
        if (isRefused(context, source, row, timestamp)) {
            return false;
        }
        context.forward(new Record<>(key, row, timestamp), rows);
        return true;
    }

    /** Sets the source of a row aside if the row is too large.
     *
     * @return whether it is
     */
    public boolean isRefused(ProcessorContext<byte[], Object> context, Source source, byte[] row, long timestamp) {
        if (row.length <= largest) {
            return false;
        }
        String detail = "the row has " + row.length + " bytes, " + largest + " are allowed";
        Rejection rejection = new Rejection(Reason.PRODUCTION_FAILED, detail, null, null);
        context.forward(rejects.of(source, rejection, timestamp), quarantine);
        return true;
    }
}
