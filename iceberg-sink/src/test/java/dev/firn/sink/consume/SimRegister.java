package dev.firn.sink.consume;

import dev.firn.sink.commit.Owners;
import dev.firn.sink.commit.Register;
import dev.firn.sink.commit.RejectSource;
import dev.firn.sink.commit.TableRegister;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.catalog.TableIdentifier;

/** The register in the simulated quarantine table. Simulated tables stay what they are. */
final class SimRegister implements Register {
    private final SimStore store;

    SimRegister(SimStore store) {
        this.store = store;
    }

    @Override
    public Optional<UUID> known(TableIdentifier table) {
        return Optional.ofNullable(properties().get(TableRegister.key(table))).map(UUID::fromString);
    }

    @Override
    public void note(TableIdentifier name, UUID id) {
        if (known(name).isEmpty()) {
            replace(name, id);
        }
    }

    @Override
    public void replace(TableIdentifier name, UUID id) {
        store.create(SimInstance.QUARANTINE);
        store.set(SimInstance.QUARANTINE, TableRegister.key(name), id.toString());
    }

    @Override
    public Owners owners() {
        return Owners.in(properties());
    }

    @Override
    public void own(Map<RejectSource, String> owners) {
        store.create(SimInstance.QUARANTINE);
        store.own(SimInstance.QUARANTINE, owners);
    }

    private Map<String, String> properties() {
        return store.state(SimInstance.QUARANTINE).properties();
    }
}
