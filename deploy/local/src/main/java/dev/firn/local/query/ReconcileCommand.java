package dev.firn.local.query;

import static java.util.Objects.requireNonNull;

import dev.firn.local.Main;
import dev.firn.registry.ConfluentRegistry;
import dev.firn.registry.RegistryConfig;
import dev.firn.registry.SchemaRegistry;
import dev.firn.sink.reconcile.KafkaSourceLog;
import dev.firn.sink.reconcile.Reconcile;
import dev.firn.sink.reconcile.Report;
import dev.firn.sink.reconcile.ReportText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code firn reconcile}. */
@Command(
        name = "reconcile",
        description = "Proves that each Kafka record up to a table's ledger is in the table or in quarantine "
                + "exactly once. Exit code 0 only then. Where no firn up runs, a broker is started meanwhile.")
public final class ReconcileCommand implements Callable<Integer> {
    private static final TableIdentifier QUARANTINE = TableIdentifier.of("ops", "quarantine");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ParentCommand
    private @Nullable Main main;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Report report = report(requireNonNull(main).place().dataDir());
        ReportText.print(report, requireNonNull(spec).commandLine().getOut());
        return report.exact() ? 0 : 1;
    }

    /** What the ledgers, the rows and the topics of a data directory say of each other. */
    public static Report report(Path dataDir) throws IOException {
        try (Warehouse warehouse = Warehouse.open(dataDir);
                Kafka kafka = Kafka.of(dataDir);
                KafkaSourceLog log = new KafkaSourceLog(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()), Clock.systemUTC(), PATIENCE)) {
            Optional<SchemaRegistry> registry =
                    kafka.registryUrl().map(RegistryConfig::of).map(ConfluentRegistry::new);
            return new Reconcile(warehouse.catalog(), log, registry, QUARANTINE)
                    .run(Reconcile.allTables(warehouse.catalog()));
        }
    }
}
