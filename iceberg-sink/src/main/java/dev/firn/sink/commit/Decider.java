package dev.firn.sink.commit;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what operators decide about tables that have stopped. A decision is a commit of its own, so that every
 * instance finds it where it finds the position.
 */
public final class Decider {
    private static final Logger LOG = LoggerFactory.getLogger(Decider.class);

    private final IcebergTableStore store;
    private final Register register;
    private final TableIdentifier quarantine;
    private final Function<Set<String>, SourcesNow> topics;
    private final Clock clock;

    /**
     * Wires what it works with.
     *
     * @param quarantine the table whose ledger takes decisions about tables that are gone
     * @param topics looks at topics by their names; throws if the broker can't be asked
     */
    public Decider(
            IcebergTableStore store,
            Register register,
            TableIdentifier quarantine,
            Function<Set<String>, SourcesNow> topics,
            Clock clock) {
        this.store = store;
        this.register = register;
        this.quarantine = quarantine;
        this.topics = topics;
        this.clock = clock;
    }

    /** Decides, and returns what stands in the ledger now.
     *
     * @param by who decides
     * @throws NothingToDecideException if the table is not in a state that the decision is for; nothing has changed then
     * @throws RuntimeException what catalog or broker threw; whether the decision has arrived shows in the ledger
     */
    public Decision decide(TableIdentifier name, Decision.Kind kind, String by) {
        Optional<UUID> known = register.known(name);
        Optional<Table> table = store.asItIs(name);
        Deciding deciding = new Deciding(
                kind,
                name.toString(),
                by,
                clock.instant(),
                topics,
                () -> table.map(LastRows::in).orElse(Map.of()));
        Optional<Decision> decided = table.isPresent()
                ? decide(name, deciding, table.get(), known)
                : known.flatMap(id -> decideWithoutTable(name, deciding));
        Decision decision = decided.orElseThrow(() ->
                new NothingToDecideException(name + " is not in a state that " + kind.text() + " is an answer to"));
        LOG.warn("Decided table={} decision={} by={} spans={}", name, kind.text(), by, decision.spans());
        return decision;
    }

    private Optional<Decision> decide(TableIdentifier name, Deciding deciding, Table table, Optional<UUID> known) {
        boolean isOther = known.isPresent() && !known.get().equals(table.uuid());
        boolean isCutOff = !isOther && Ledgers.isReplaced(table);
        boolean isLost = !isOther && Ledgers.lost(table).isPresent();
        boolean fits = switch (deciding.kind()) {
            case START_OVER -> isOther || isCutOff || isLost;
            case KEEP_POSITION -> isCutOff || isLost;
            case RESUME_AFTER_ROWS -> isLost;
            case ACCEPT_NEW_SOURCE, ACCEPT_PARTITIONS, SKIP_LOST_RECORDS -> !isOther && !isCutOff && !isLost;
        };
        if (!fits) {
            return Optional.empty();
        }
        Optional<Decision> decided = store.decide(name, deciding::on, properties -> {});
        decided.ifPresent(decision -> register.replace(name, table.uuid()));
        return decided;
    }

    private Optional<Decision> decideWithoutTable(TableIdentifier name, Deciding deciding) {
        return deciding.kind() == Decision.Kind.START_OVER
                ? store.decide(
                        quarantine, deciding::elsewhere, properties -> properties.remove(TableRegister.key(name)))
                : Optional.empty();
    }
}
