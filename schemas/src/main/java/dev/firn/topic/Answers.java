package dev.firn.topic;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/** What Kafka answers an admin client, waited for. */
public final class Answers {
    private Answers() {}

    /** Returns the answer, once it is there.
     *
     * @throws KafkaException if Kafka refuses, or can't be reached in the client's time: the cause itself where it is one
     * @throws InterruptException if the thread is interrupted
     */
    public static <T> T of(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        }
    }
}
