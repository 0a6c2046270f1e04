package dev.driftledger.cli;

import picocli.CommandLine.Command;

/// `driftledger serve`: the service against one's own PostgreSQL, Kafka and clusters.
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Run the service against your PostgreSQL, Kafka and clusters.",
            "Settings come from config/application.properties in the folder where it is started,"
                    + " and from the environment; docs/how-to/run-the-service.md has the first,"
                    + " docs/reference/configuration.md all of them."
        })
public final class ServeCommand implements Runnable {
    @Override
    public void run() {
        ServiceRun.untilStopped();
    }
}
