package dev.firn.local;

import dev.firn.local.chaos.ChaosCommand;
import dev.firn.local.maintain.EraseCommand;
import dev.firn.local.maintain.MaintainCommand;
import dev.firn.local.maintain.PublishCommand;
import dev.firn.local.quarantine.QuarantineCommand;
import dev.firn.local.query.QueryCommand;
import dev.firn.local.query.ReconcileCommand;
import dev.firn.local.query.TablesCommand;
import dev.firn.local.status.StatusCommand;
import dev.firn.local.up.LogsCommand;
import dev.firn.local.up.UpCommand;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code firn} command. */
@Command(
        name = "firn",
        mixinStandardHelpOptions = true,
        version = "firn 0.1.0",
        scope = ScopeType.INHERIT,
        description = "Firn on one machine: from generated events to Iceberg tables.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            StatusCommand.class,
            TablesCommand.class,
            QueryCommand.class,
            ReconcileCommand.class,
            QuarantineCommand.class,
            LogsCommand.class,
            ChaosCommand.class,
            MaintainCommand.class,
            PublishCommand.class,
            EraseCommand.class
        })
public final class Main implements Runnable {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Everything that is kept, and the logs (default: .firn in the project).")
    private @Nullable Path dataDir;

    @Option(
            names = "--port-base",
            paramLabel = "PORT",
            scope = ScopeType.INHERIT,
            defaultValue = "8080",
            description = "First of the ten ports that are used (default: ${DEFAULT-VALUE}).")
    private int portBase = PortPlan.DEFAULT_BASE;

    @Spec
    private @Nullable CommandSpec spec;

    private Main() {}

    public static void main(String[] args) {
        // what the libraries say is for the services' logs; a command's output is its answer
        System.setProperty("logback.configurationFile", "logback-firn.xml");
        System.exit(commandLine().execute(args));
    }

    /** What a subcommand works on, from the options given with it or before it. */
    public Place place() {
        return Place.of(projectRoot(), dataDir, new PortPlan(portBase));
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "a command is missing");
        }
    }

    /** Every error is one line that says what to do; the exit code is then not 0. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(OneLine::refused)
                .setExecutionExceptionHandler(OneLine::failed);
    }

    private static Path projectRoot() {
        return Path.of(System.getProperty("firn.root", "")).toAbsolutePath().normalize();
    }
}
