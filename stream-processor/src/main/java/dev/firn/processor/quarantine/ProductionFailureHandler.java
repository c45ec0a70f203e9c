package dev.firn.processor.quarantine;

import dev.firn.quarantine.Reason;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jspecify.annotations.Nullable;

/** Puts a record whose outcome can't be produced into quarantine. What is not the record's fault ends the stream thread. */
public final class ProductionFailureHandler implements ProductionExceptionHandler {
    private @Nullable Failures failures;

    @Override
    public void configure(Map<String, ?> configs) {
        failures = Failures.in(configs);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception failure) {
        if (failure instanceof RetriableException) {
            return Response.retry();
        }
        boolean tooLarge = failure instanceof RecordTooLargeException;
        return tooLarge ? quarantine(context, failure) : Response.fail();
    }

    // the interface is declared so
    @SuppressWarnings("rawtypes")
    @Override
    public Response handleSerializationError(
            ErrorHandlerContext context,
            ProducerRecord record,
            Exception failure,
            SerializationExceptionOrigin origin) {
        return quarantine(context, failure);
    }

    private Response quarantine(ErrorHandlerContext context, Exception failure) {
        if (failures == null || !failures.isKnown(context)) {
            return Response.fail();
        }
        return Response.resume(failures.quarantine(context, Reason.PRODUCTION_FAILED, failure));
    }
}
