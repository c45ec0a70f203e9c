package dev.firn.sink.commit;

import dev.firn.serde.UndecodableException;
import dev.firn.sink.table.UpsertKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One proposal with its ledger: its changes, full ledger in the summary, and its copy in the properties, in one transaction. */
final class IcebergCommit implements TableCommit {
    private static final Logger LOG = LoggerFactory.getLogger(IcebergCommit.class);

    private final LoadedTable loaded;
    private final Proposal proposal;
    private final Changes changes;
    private final Supplier<Owners> rejecters;
    private final String version;
    /** Manifests, manifest lists and delete files, of all attempts. */
    private final Set<String> written = ConcurrentHashMap.newKeySet();

    /** The table that the files were written for. */
    private Optional<UUID> target;

    /** The table's last sequence number before the first attempt that the catalog was asked for; empty if there was none. */
    private OptionalLong sentAfter = OptionalLong.empty();

    private int attempts;
    /** The base that changes that depend on it are made for. */
    private @Nullable TableMetadata prepared;

    /** Begins.
     *
     * @param rejecters who alone may commit rejects, as of when it is asked
     */
    IcebergCommit(LoadedTable loaded, Proposal proposal, Changes changes, Supplier<Owners> rejecters, String version) {
        this.loaded = loaded;
        this.proposal = proposal;
        this.changes = changes;
        this.rejecters = rejecters;
        this.version = version;
        this.target = loaded.known();
    }

    @Override
    public Proposal proposal() {
        return proposal;
    }

    @Override
    public Outcome attempt() {
        attempts++;
        return loaded.way().first(this::tried);
    }

    private Outcome tried() {
        try {
            if (changes.dependOnBase()) {
                prepare();
            }
            return loaded.use(table -> table.map(this::attempt).orElseGet(this::withoutTable));
        } catch (TableLostException e) {
            return new Outcome.Refused(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // catalogs, clients and file systems each throw their own; nothing had been sent
            return new Outcome.Outage(e);
        }
    }

    private void prepare() {
        Optional<Table> base = loaded.use(table -> table.map(this::pinned))
                .filter(table -> own(SnapshotUtil.currentAncestors(table)).isEmpty()
                        && refusal(table, Ledgers.of(table)).isEmpty());
        base.ifPresent(changes::prepare);
    }

    /** The table as it is now, whatever others make of it. */
    private Table pinned(Table table) {
        TableOperations operations = ((HasTableOperations) table).operations();
        TableMetadata base = operations.current();
        prepared = base;
        return new BaseTable(new PinnedOperations(operations, base, written, loaded.recent()), table.name());
    }

    private Outcome withoutTable() {
        return proposal.files().isEmpty()
                ? new Outcome.Committed(OptionalLong.empty())
                : new Outcome.Outage(new IllegalStateException("the table " + loaded + " is gone"));
    }

    private Outcome attempt(Table table) {
        Optional<Snapshot> own = own(SnapshotUtil.currentAncestors(table));
        if (own.isPresent()) {
            changes.held(own.get(), Optional.of(table));
            return new Outcome.Committed(OptionalLong.of(own.get().snapshotId()));
        }
        if (!table.uuid().equals(target.orElse(table.uuid()))) {
            return new Outcome.Refused("the table is not the one that the files were written for");
        }
        target = Optional.of(table.uuid());
        Ledger base = Ledgers.of(table);
        Optional<String> refusal = refusal(table, base);
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        Map<RejectSource, String> others = Proof.others(proposal.advance(), base, rejecters);
        return others.isEmpty() ? commit(table, base) : giveWay(table, others);
    }

    /** The next attempt is refused by it, and none before it can arrive any more. */
    private static Outcome giveWay(Table table, Map<RejectSource, String> others) {
        Owners owners = Owners.in(table.properties()).plus(others);
        try {
            PropertyCommit.set(table, Owners.PROPERTY, owners.text());
            return new Outcome.Conflict(new IllegalStateException("others have rejected: " + others));
        } catch (PinnedOperations.BaseMoved e) {
            return new Outcome.Conflict(e);
        } catch (RuntimeException e) {
            // whatever the catalog throws; the next attempt sees whether it has arrived
            return new Outcome.Unknown(e);
        }
    }

    private Optional<String> refusal(Table table, Ledger base) {
        return Proof.refusal(proposal, base, table.properties())
                .or(() -> UpsertKey.of(table.properties()).flatMap(proposal::refusal));
    }

    private Outcome commit(Table table, Ledger base) {
        TableOperations operations = ((HasTableOperations) table).operations();
        TableMetadata current = operations.current();
        if (changes.dependOnBase() && !isPrepared(current)) {
            return new Outcome.Conflict(new CommitFailedException("the table moved since the changes were made"));
        }
        PinnedOperations pinned = new PinnedOperations(operations, current, written, loaded.recent());
        try {
            Transaction transaction = Transactions.newTransaction(table.name(), pinned);
            long avroBytes = Ledgers.avroBytes(table) + proposal.avroBytes();
            List<String> grown = grow(transaction);
            Snapshot snapshot = update(changes.in(transaction), transaction, base, avroBytes);
            transaction.commitTransaction();
            changes.held(snapshot, Optional.empty());
            if (!grown.isEmpty()) {
                loaded.outdate();
                LOG.info("Evolved table={} schema={} changes={}", loaded, snapshot.schemaId(), grown);
            }
            return new Outcome.Committed(OptionalLong.of(snapshot.snapshotId()));
        } catch (UndecodableException | SchemaMoved e) {
            return new Outcome.Refused(String.valueOf(e.getMessage()));
        } catch (PinnedOperations.BaseMoved | LedgerMoved e) {
            return new Outcome.Conflict(e);
        } catch (NoSuchTableException e) {
            loaded.reload();
            return new Outcome.Conflict(e);
        } catch (RuntimeException e) {
            // whatever it says: once the catalog was asked, only the table itself can tell what came of it
            return pinned.sent() ? new Outcome.Unknown(e) : new Outcome.Outage(e);
        } finally {
            if (pinned.sent() && sentAfter.isEmpty()) {
                sentAfter = OptionalLong.of(current.lastSequenceNumber());
            }
        }
    }

    private boolean isPrepared(TableMetadata current) {
        return prepared != null && Objects.equals(prepared.metadataFileLocation(), current.metadataFileLocation());
    }

    /** Files that were written ahead of the table's schema and partitioning bring them with them. */
    private List<String> grow(Transaction transaction) {
        List<String> made = new ArrayList<>();
        proposal.growth().forEach(growth -> made.addAll(growth.addTo(transaction)));
        proposal.growth().stream()
                .flatMap(growth -> growth.refusal(transaction.table()).stream())
                .findFirst()
                .ifPresent(why -> {
                    throw new SchemaMoved(why);
                });
        return made;
    }

    private Snapshot update(SnapshotUpdate<?> update, Transaction transaction, Ledger base, long avroBytes) {
        String ledger = LedgerJson.write(base.plus(proposal.advance()));
        update.validateWith(ancestry -> proved(ancestry, transaction.table(), base));
        update.set(Ledgers.LEDGER, ledger);
        update.set(Ledgers.RANGES, LedgerJson.writeRanges(proposal.advance()));
        update.set(Ledgers.COMMIT_ID, proposal.id().toString());
        update.set(Ledgers.AVRO_BYTES, Long.toString(avroBytes));
        update.set(Ledgers.VERSION, version);
        Ledgers.carryRemoved(update, transaction.table());
        proposal.watermark().ifPresent(time -> update.set(Ledgers.WATERMARK, time.toString()));
        update.commit();
        UpdateProperties properties = transaction.updateProperties();
        LedgerCopy.set(properties, ledger, transaction.table().currentSnapshot());
        if (!proposal.advance().rejects().isEmpty()) {
            properties.set(Owners.PROPERTY, owners(transaction.table()).text());
        }
        properties.commit();
        return transaction.table().currentSnapshot();
    }

    private Owners owners(Table table) {
        return Owners.in(table.properties()).plus(proposal.advance().claims().owners());
    }

    /** The ledger that was carried forward must be the one of the very base that the catalog compares and swaps. */
    private static boolean proved(Iterable<Snapshot> ancestry, Table refreshed, Ledger base) {
        if (!Ledgers.of(ancestry, refreshed).equals(base)) {
            throw new LedgerMoved();
        }
        return true;
    }

    private Optional<Snapshot> own(Iterable<Snapshot> snapshots) {
        String id = proposal.id().toString();
        return StreamSupport.stream(snapshots.spliterator(), false)
                .filter(snapshot -> id.equals(snapshot.summary().get(Ledgers.COMMIT_ID)))
                .findFirst();
    }

    @Override
    public void settle(Outcome last) {
        boolean nothingLeft = attempts == 1 && last instanceof Outcome.Committed;
        if (!nothingLeft) {
            loaded.delete(this::unreferencedMetadata);
        }
    }

    private Set<String> unreferencedMetadata(Table table) {
        return unreferenced(table, written, changes.dependOnBase());
    }

    private Set<String> unreferenced(Table table, Collection<String> files, boolean withContent) {
        return sentAfter.isEmpty()
                ? Set.copyOf(files)
                : References.since(sentAfter.getAsLong(), table).without(files, withContent);
    }

    @Override
    public boolean mayHaveArrived() {
        return sentAfter.isPresent();
    }

    @Override
    public void discardFiles() {
        List<String> files = proposal.files().stream().map(DataFile::location).toList();
        loaded.delete(table -> unreferenced(table, files, true));
    }

    /** The schema is another one than the files were written for. */
    private static final class SchemaMoved extends RuntimeException {
        private static final long serialVersionUID = 1;

        SchemaMoved(String why) {
            super(why);
        }
    }
}
