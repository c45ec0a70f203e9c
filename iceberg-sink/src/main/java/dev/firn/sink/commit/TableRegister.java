package dev.firn.sink.commit;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/** A register in the properties of the quarantine table, {@code firn.table.NAME}. */
public final class TableRegister implements Register {
    static final String PREFIX = "firn.table.";

    private final Supplier<Optional<Table>> existing;
    private final Supplier<Table> made;
    private final Map<TableIdentifier, UUID> noted = new ConcurrentHashMap<>();

    /**
     * A register in a table.
     *
     * @param existing loads the table, if there is one
     * @param made loads it, and makes it if there is none
     */
    public TableRegister(Supplier<Optional<Table>> existing, Supplier<Table> made) {
        this.existing = existing;
        this.made = made;
    }

    /** The property that notes a table. */
    public static String key(TableIdentifier table) {
        return PREFIX + table;
    }

    @Override
    public Optional<UUID> known(TableIdentifier table) {
        Optional<UUID> id = existing.get()
                .map(register -> register.properties().get(key(table)))
                .map(UUID::fromString);
        id.ifPresentOrElse(it -> noted.put(table, it), () -> noted.remove(table));
        return id;
    }

    @Override
    public void note(TableIdentifier name, UUID id) {
        if (id.equals(noted.get(name))) {
            return;
        }
        String is = made.get().properties().get(key(name));
        if (is != null && !is.equals(id.toString())) {
            throw TableLostException.replaced(name, "its id was " + is + ", it is " + id);
        }
        replace(name, id);
    }

    @Override
    public void replace(TableIdentifier name, UUID id) {
        PropertyCommit.setOnAnyBase(made.get(), key(name), id::toString);
        noted.put(name, id);
    }

    @Override
    public Owners owners() {
        return existing.get().map(table -> Owners.in(table.properties())).orElse(Owners.NONE);
    }

    @Override
    public void own(Map<RejectSource, String> owners) {
        Table table = made.get();
        PropertyCommit.setOnAnyBase(
                table,
                Owners.PROPERTY,
                () -> Owners.in(table.properties()).plus(owners).text());
    }
}
