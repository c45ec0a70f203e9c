package dev.firn.sink.consume;

import dev.firn.sink.commit.Owners;
import dev.firn.sink.commit.Register;
import dev.firn.sink.commit.RejectSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.catalog.TableIdentifier;

/** Where nothing is lost. */
final class NoRegister implements Register {
    @Override
    public Optional<UUID> known(TableIdentifier table) {
        return Optional.empty();
    }

    @Override
    public void note(TableIdentifier name, UUID id) {
        // nobody asks
    }

    @Override
    public void replace(TableIdentifier name, UUID id) {
        // nobody asks
    }

    @Override
    public void own(Map<RejectSource, String> owners) {
        // nobody asks
    }

    @Override
    public Owners owners() {
        return Owners.NONE;
    }
}
