package dev.firn.local.quarantine;

import static java.util.Objects.requireNonNull;

import dev.firn.local.Main;
import dev.firn.local.Place;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code firn quarantine}. */
@Command(
        name = "quarantine",
        description = "Records that could not go on: what there is, and the way back after a fix.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ListCommand.class, ShowCommand.class, ReplayCommand.class})
public final class QuarantineCommand implements Runnable {
    @ParentCommand
    private @Nullable Main main;

    @Spec
    private @Nullable CommandSpec spec;

    Place place() {
        return requireNonNull(main).place();
    }

    @Override
    public void run() {
        throw new ParameterException(requireNonNull(spec).commandLine(), "a command is missing");
    }
}
