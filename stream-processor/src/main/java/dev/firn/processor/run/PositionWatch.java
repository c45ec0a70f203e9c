package dev.firn.processor.run;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Kafka twice a second, on a thread of its own, how far applications are.
 *
 * @param <T> an answer
 */
final class PositionWatch<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PositionWatch.class);
    private static final Duration EVERY = Duration.ofMillis(500);

    private final LagMeter meter;
    private final Function<LagMeter, T> question;
    private final Clock clock;
    private final Listener<T> listener;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    /** Is told by the watch's thread.
     *
     * @param <T> an answer
     */
    interface Listener<T> {
        /** Of each question.
         *
         * @param askedAt epoch milliseconds, before Kafka answered
         * @param answer nothing if there is none, and at the end
         */
        void answered(long askedAt, Optional<T> answer);
    }

    /** Nothing happens before the start.
     *
     * @param admin stays the caller's, to be closed after this
     */
    PositionWatch(String name, Admin admin, Function<LagMeter, T> question, Clock clock, Listener<T> listener) {
        this.meter = new LagMeter(admin);
        this.question = question;
        this.clock = clock;
        this.listener = listener;
        this.thread = new Thread(this::run, name);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            do {
                long now = clock.millis();
                listener.answered(now, ask());
            } while (!stop.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            listener.answered(clock.millis(), Optional.empty());
        }
    }

    private Optional<T> ask() {
        try {
            return Optional.of(question.apply(meter));
        } catch (KafkaException e) {
            LOG.debug("positions unknown", e);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        stop.countDown();
    }
}
