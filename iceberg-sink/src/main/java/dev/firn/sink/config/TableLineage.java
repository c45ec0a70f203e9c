package dev.firn.sink.config;

import dev.firn.lineage.Lineage;
import dev.firn.sink.commit.CommitListener;
import dev.firn.sink.lineage.CommitLineage;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/** Lineage of this process, with its meters; nothing where it is switched off. */
final class TableLineage implements AutoCloseable {
    private final Optional<Lineage> lineage;

    TableLineage(Optional<Lineage> lineage, MeterRegistry meters) {
        this.lineage = lineage;
        lineage.ifPresent(told -> {
            FunctionCounter.builder("firn.lineage.sent", told, Lineage::sent).register(meters);
            FunctionCounter.builder("firn.lineage.dropped", told, Lineage::dropped)
                    .register(meters);
        });
    }

    CommitListener listener(String bootstrapServers, String catalog) {
        return lineage.<CommitListener>map(told -> new CommitLineage(told, bootstrapServers, catalog))
                .orElse(CommitListener.NONE);
    }

    @Override
    public void close() {
        lineage.ifPresent(Lineage::close);
    }
}
