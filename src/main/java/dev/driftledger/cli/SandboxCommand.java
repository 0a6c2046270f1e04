package dev.driftledger.cli;

import dev.driftledger.sandbox.Sandbox;
import dev.driftledger.sandbox.SandboxException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftledger sandbox`: the service with everything it needs embedded, and a small life to watch.
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Start everything on this machine and watch a sample shop drift.",
            "PostgreSQL, Kafka, a Kubernetes API server (where make kube got one; else a recording"
                    + " is played), a git repository, and the service that watches them. Ctrl-C"
                    + " stops all of it; the data is kept."
        })
public final class SandboxCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = ".sandbox",
            description = "Folder of everything that is kept. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of(".sandbox");

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port of pages and API on 127.0.0.1. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            defaultValue = "9000",
            description = "Port of health and metrics on 127.0.0.1. Default: ${DEFAULT-VALUE}.")
    private int managementPort;

    @Option(
            names = "--recording",
            description = "Play the recording, even where an API server could run.")
    private boolean recording;

    @Option(names = "--forget", description = "Delete the data instead of starting.")
    private boolean forget;

    @Override
    public Integer call() {
        CommandSpec line = Objects.requireNonNull(spec, "picocli sets it");
        PrintWriter out = line.commandLine().getOut();
        try {
            if (forget) {
                Sandbox.forget(data);
                out.println("The sandbox's data in " + data + " is gone.");
                return 0;
            }
            quietUntilConfigured();
            Sandbox sandbox =
                    Sandbox.start(
                            new Sandbox.Options(data, port, managementPort, recording),
                            text -> say(out, text));
            sandbox.settings().forEach(System::setProperty);
            sandbox.live();
            ServiceRun.untilStopped();
            return 0;
        } catch (SandboxException e) {
            line.commandLine().getErr().println("sandbox: " + e.getMessage());
            return 1;
        }
    }

    /// Until the service has read its logging settings, the embedded parts would log everything.
    private static void quietUntilConfigured() {
        Logger.getLogger("").setLevel(Level.WARNING);
    }

    private static void say(PrintWriter out, String text) {
        out.println(text);
        out.flush();
    }
}
