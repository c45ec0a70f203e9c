package dev.firn.sink.consume;

import dev.firn.sink.commit.Register;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.catalog.TableIdentifier;

/** Simulated tables stay what they are. */
final class SimRegister implements Register {
    @Override
    public Optional<UUID> known(TableIdentifier table) {
        return Optional.empty();
    }

    @Override
    public void note(TableIdentifier name, UUID id) {
        // nothing to miss
    }

    @Override
    public void replace(TableIdentifier name, UUID id) {
        // nothing to miss
    }
}
