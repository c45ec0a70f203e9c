package dev.firn.processor.wait;

import dev.firn.processor.quarantine.AtHand;
import dev.firn.processor.quarantine.RejectedException;
import dev.firn.processor.quarantine.Rejection;
import dev.firn.processor.quarantine.Source;
import dev.firn.quarantine.Reason;
import dev.firn.registry.RegistryException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * A visitor of whom no record is rid by failing: one that fails waits no longer, and is in quarantine, as if it had failed
 * when it came. What is not the record's fault ends the stream thread.
 *
 * @param reject puts a record into quarantine
 */
public record Guarded(Waiting.Visitor visitor, BiConsumer<Source, Rejection> reject) implements Waiting.Visitor {
    @Override
    public @Nullable Missing visit(Source source) {
        return guarded(source, () -> visitor.visit(source));
    }

    @Override
    public void giveUp(Source source, Missing missing) {
        guarded(source, () -> {
            visitor.giveUp(source, missing);
            return null;
        });
    }

    private @Nullable Missing guarded(Source source, Supplier<@Nullable Missing> work) {
        try {
            return AtHand.with(source, work);
        } catch (RejectedException e) {
            reject.accept(source, e.rejection());
        } catch (KafkaException | RegistryException e) {
            throw e;
        } catch (RuntimeException e) {
            // the class alone: the message may hold values
            String detail = e.getClass().getSimpleName() + " after it had waited";
            reject.accept(source, new Rejection(Reason.PROCESSING_FAILED, detail, null, null));
        }
        return null;
    }
}
