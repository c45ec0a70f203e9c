package dev.firn.generator.publish;

/** What is in Kafka already, from an earlier process. */
public interface Present {
    /** Nothing is. */
    Present NOTHING = new Present() {
        @Override
        public boolean holds(Delivery delivery) {
            return false;
        }

        @Override
        public long lastSeq() {
            return Long.MIN_VALUE;
        }
    };

    /** Whether the partition holds the event.
     *
     * @throws PublishException if it holds another one of the same sequence number
     */
    boolean holds(Delivery delivery);

    /** The newest sequence number in any partition. */
    long lastSeq();
}
