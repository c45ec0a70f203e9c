package dev.firn.local;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Errors as one line on standard error. */
final class OneLine {
    private OneLine() {}

    static int refused(ParameterException e, String[] args) {
        var command = e.getCommandLine();
        command.getErr()
                .println("firn: " + firstLine(e.getMessage()) + " ("
                        + command.getCommandSpec().qualifiedName() + " --help shows what there is)");
        return CommandLine.ExitCode.USAGE;
    }

    static int failed(Exception e, CommandLine command, ParseResult parsed) {
        command.getErr().println("firn: " + textOf(e));
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String textOf(Exception e) {
        if (e instanceof CommandException && e.getMessage() != null) {
            return e.getMessage();
        }
        return firstLine(e.toString());
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "failed" : text.lines().findFirst().orElse("failed");
    }
}
