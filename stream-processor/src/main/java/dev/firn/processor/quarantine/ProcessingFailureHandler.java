package dev.firn.processor.quarantine;

import dev.firn.quarantine.Reason;
import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Puts a record that a processor failed on into quarantine. What is not the record's fault ends the stream thread. */
public final class ProcessingFailureHandler implements ProcessingExceptionHandler {
    private @Nullable Failures failures;

    @Override
    public void configure(Map<String, ?> configs) {
        failures = Failures.in(configs);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception failure) {
        if (failures == null || !failures.isOfRecord(context, failure)) {
            return Response.fail();
        }
        return Response.resume(failures.quarantine(context, Reason.PROCESSING_FAILED, failure));
    }
}
