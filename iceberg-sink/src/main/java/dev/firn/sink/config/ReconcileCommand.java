package dev.firn.sink.config;

import dev.firn.config.ConfigurationException;
import dev.firn.launch.Service;
import dev.firn.registry.SchemaRegistry;
import dev.firn.sink.SinkPlan;
import dev.firn.sink.reconcile.KafkaSourceLog;
import dev.firn.sink.reconcile.Reconcile;
import dev.firn.sink.reconcile.Report;
import dev.firn.sink.reconcile.ReportText;
import io.micronaut.context.ApplicationContext;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Compares tables with their ledgers and with Kafka. */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description = {
            "Proves that each Kafka record up to a table's ledger is in the table or in quarantine exactly once.",
            "Exit code 0 only then. Only reads, whether a sink runs or not. Configured as the sink is."
        })
public final class ReconcileCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Parameters(paramLabel = "TABLE", description = "As in bronze.orders. All tables of the catalog if none is named.")
    private List<String> tables = new ArrayList<>();

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Spec
    private @Nullable CommandSpec spec;

    private ReconcileCommand() {}

    /** Prints what it finds. */
    @Override
    public Integer call() {
        return Service.once(ReconcileCommand.class, arguments, this::reconcile);
    }

    private int reconcile(ApplicationContext context) {
        SinkPlan plan = context.getBean(SinkPlan.class);
        // closed with the process
        Catalog catalog = plan.openCatalog();
        try (KafkaSourceLog log = new KafkaSourceLog(Map.copyOf(plan.lanes().kafka()), Clock.systemUTC(), PATIENCE)) {
            SchemaRegistry registry = context.getBean(SchemaRegistry.class);
            Report report = new Reconcile(catalog, log, Optional.of(registry), plan.quarantine()).run(named(catalog));
            ReportText.print(report, Objects.requireNonNull(spec).commandLine().getOut());
            return report.exact() ? 0 : 1;
        }
    }

    private List<TableIdentifier> named(Catalog catalog) {
        if (tables.isEmpty()) {
            return Reconcile.allTables(catalog);
        }
        List<TableIdentifier> named =
                tables.stream().map(TableIdentifier::parse).toList();
        named.stream().filter(table -> !catalog.tableExists(table)).findFirst().ifPresent(table -> {
            throw new ConfigurationException("no table " + table + " in the catalog");
        });
        return named;
    }
}
