package dev.firn.processor.quarantine;

import dev.firn.quarantine.Reason;
import dev.firn.registry.RegistryException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the exception handlers do, which Kafka Streams makes itself and hands the configuration to.
 *
 * @param rejects by source topic
 */
public record Failures(String quarantineTopic, Map<String, Rejects> rejects) {
    /** The key in Kafka Streams' configuration under which the handlers find this object. */
    public static final String CONFIG = "firn.quarantine.failures";

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    static Failures in(Map<String, ?> configs) {
        return (Failures) Objects.requireNonNull(configs.get(CONFIG), CONFIG);
    }

    /** Whether the record is at fault, and not Kafka, the registry or a store. */
    boolean isOfRecord(ErrorHandlerContext context, Exception failure) {
        return rejects.containsKey(String.valueOf(context.topic()))
                && !(failure instanceof KafkaException)
                && !(failure instanceof RegistryException);
    }

    /** The record that came in, for the quarantine topic. The detail says where, and not what: messages may hold values. */
    List<ProducerRecord<byte[], byte[]>> quarantine(ErrorHandlerContext context, Reason reason, Exception failure) {
        Source source = new Source(
                context.topic(),
                context.partition(),
                context.offset(),
                context.timestamp(),
                context.sourceRawKey(),
                context.sourceRawValue(),
                context.headers());
        Rejects of = Objects.requireNonNull(rejects.get(context.topic()), "asked before");
        String detail = failure.getClass().getSimpleName() + " in " + context.processorNodeId();
        LOG.warn(
                "quarantined reason={} topic={} partition={} offset={} node={}",
                reason,
                context.topic(),
                context.partition(),
                context.offset(),
                context.processorNodeId(),
                failure);
        of.tally().quarantined(reason.name());
        byte[] value = of.writer().value(source, of.target(), new Rejection(reason, detail, null, null));
        return List.of(new ProducerRecord<>(quarantineTopic, of.writer().key(source), value));
    }
}
