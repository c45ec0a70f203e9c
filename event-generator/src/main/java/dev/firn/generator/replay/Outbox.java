package dev.firn.generator.replay;

import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Where the records of a replay go. */
public interface Outbox extends AutoCloseable {
    /** Takes records and loses them: to see whether files are sound. */
    Outbox NOWHERE = new Outbox() {
        private long taken;

        @Override
        public void send(byte @Nullable [] key, GenericRecord record) {
            taken++;
        }

        @Override
        public void flush() {
            // nothing is ever on its way
        }

        @Override
        public long acknowledged() {
            return taken;
        }

        @Override
        public void close() {
            // holds nothing
        }
    };

    /** Sends; waits while too much is on its way.
     *
     * @throws dev.firn.generator.publish.PublishException if an earlier one was refused
     */
    void send(byte @Nullable [] key, GenericRecord record);

    /** Waits until everything sent is decided.
     *
     * @throws dev.firn.generator.publish.PublishException if one was refused
     */
    void flush();

    /** How many are safe. */
    long acknowledged();

    @Override
    void close();
}
