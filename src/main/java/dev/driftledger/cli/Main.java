package dev.driftledger.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The program `driftledger`: one command per word, each with `--help`.
///
/// Only `serve` and `sandbox` boot the service; the others start as fast as a JVM does.
@QuarkusMain
@Command(
        name = "driftledger",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {"What a Kubernetes cluster really ran beside what git said, provably.", ""},
        commandListHeading = "%nCommands:%n",
        footer = {"", "`driftledger COMMAND --help` explains a command."},
        subcommands = {
            SandboxCommand.class,
            ServeCommand.class,
            VerifyCommand.class,
            RecordCommand.class,
            ReplayCommand.class,
            CompareCommand.class,
            WhyCommand.class
        })
public final class Main implements Runnable {
    @Spec private @Nullable CommandSpec spec;

    public static void main(String[] args) {
        int code = new CommandLine(new Main()).execute(args);
        System.exit(code);
    }

    /// Without a command: says which there are.
    @Override
    public void run() {
        CommandSpec line = Objects.requireNonNull(spec, "picocli sets it");
        throw new ParameterException(line.commandLine(), "a command is missing");
    }
}
