package dev.firn.processor.quarantine;

import dev.firn.quarantine.Reason;
import dev.firn.registry.RegistryException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the exception handlers do, which Kafka Streams makes itself and hands the configuration to.
 *
 * @param rejects by source topic
 * @param behindRows processors that fail when the record's row may be sent: in quarantine, from where it comes back, it would be
 *     twice, and what is made of rows would lack it
 */
public record Failures(String quarantineTopic, Map<String, Rejects> rejects, Predicate<String> behindRows) {
    /** The key in Kafka Streams' configuration under which the handlers find this object. */
    public static final String CONFIG = "firn.quarantine.failures";

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    static Failures in(Map<String, ?> configs) {
        return (Failures) Objects.requireNonNull(configs.get(CONFIG), CONFIG);
    }

    /** Whether the record is at fault, and not Kafka, the registry or a store. */
    boolean isOfRecord(ErrorHandlerContext context, Exception failure) {
        return isKnown(context)
                && !behindRows.test(context.processorNodeId())
                && !(failure instanceof KafkaException)
                && !(failure instanceof RegistryException);
    }

    /** Whether it can be told which record came in, and whose it is to account for. */
    boolean isKnown(ErrorHandlerContext context) {
        return context.topic() == null ? AtHand.get() != null : rejects.containsKey(context.topic());
    }

    private static Source source(ErrorHandlerContext context) {
        Source earlier = AtHand.get();
        return earlier != null
                ? earlier
                : new Source(
                        context.topic(),
                        context.partition(),
                        context.offset(),
                        context.timestamp(),
                        context.sourceRawKey(),
                        context.sourceRawValue(),
                        context.headers());
    }

    /** The record that came in, for the quarantine topic. The detail says where, and not what: messages may hold values. */
    List<ProducerRecord<byte[], byte[]>> quarantine(ErrorHandlerContext context, Reason reason, Exception failure) {
        Source source = source(context);
        Rejects of = Objects.requireNonNull(rejects.get(source.topic()), "asked before");
        String detail = failure.getClass().getSimpleName() + " in " + context.processorNodeId();
        LOG.warn(
                "quarantined reason={} topic={} partition={} offset={} node={}",
                reason,
                source.topic(),
                source.partition(),
                source.offset(),
                context.processorNodeId(),
                withoutMessages(failure));
        of.tally().quarantined(reason.name());
        byte[] value = of.writer().value(source, of.target(), new Rejection(reason, detail, null, null));
        return List.of(new ProducerRecord<>(quarantineTopic, of.writer().key(source), value));
    }

    /** What happened where. */
    private static Throwable withoutMessages(Throwable failure) {
        Throwable shown = new Throwable(failure.getClass().getName());
        shown.setStackTrace(failure.getStackTrace());
        Throwable cause = failure.getCause();
        if (cause != null && cause.getCause() != failure) {
            shown.initCause(withoutMessages(cause));
        }
        return shown;
    }
}
