package dev.driftledger.store;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Makes the tables and brings them up to date, as the role that owns them, before anything uses
/// them; and makes sure that the service's own role is let in.
@ApplicationScoped
public class Migration {
    private static final Logger LOG = Logger.getLogger(Migration.class);

    /// The oldest that the tests run against is newer; older ones are out of support.
    private static final int MAJOR_VERSION_MIN = 16;

    /// Connection not made, connection failure, communication link failure.
    private static final Set<String> SILENCE = Set.of("08001", "08006", "08S01");

    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private final Flyway flyway;
    private final DataSource database;
    private final StoreConfig config;

    Migration(Flyway flyway, DataSource database, StoreConfig config) {
        this.flyway = flyway;
        this.database = database;
        this.config = config;
    }

    /// Waits for a database that does not answer as long as `driftledger.store.start-wait-max`
    /// allows.
    ///
    /// @throws ConfigurationException with one sentence that names key and fix, when the database
    ///     cannot be used
    public void run() {
        awaitAnswer();
        // First of all: one that will not be used is left as it is.
        try (Connection connection = database.getConnection()) {
            requireVersion(connection.getMetaData().getDatabaseMajorVersion());
        } catch (SQLException e) {
            throw refused("quarkus.datasource", "the service's own role", e);
        }
        if (config.migrateAtStart()) {
            try {
                flyway.migrate();
            } catch (FlywayValidateException e) {
                throw otherTables(e);
            } catch (FlywayException e) {
                throw refused("quarkus.flyway", "the role that owns the database", e);
            }
        }
    }

    /// Waits until something answers, be it with a refusal; says once that it waits.
    private void awaitAnswer() {
        Duration wait = config.startWaitMax();
        long start = System.nanoTime();
        boolean told = false;
        SQLException silence = silence();
        while (silence != null) {
            if (System.nanoTime() - start >= wait.toNanos()) {
                throw refused("quarkus.datasource", "the service's own role", silence);
            }
            if (!told) {
                LOG.warnf(
                        "PostgreSQL does not answer, waiting for it up to %s"
                                + " (driftledger.store.start-wait-max): %s",
                        wait, firstLine(silence));
                told = true;
            }
            pause();
            silence = silence();
        }
    }

    /// How nothing answers; null when something does.
    private @Nullable SQLException silence() {
        try (Connection _ = database.getConnection()) {
            return null;
        } catch (SQLException e) {
            return isSilence(e) ? e : null;
        }
    }

    /// No connection, one that was cut, one that cannot be used yet (class 57), or none in time,
    /// which the pool tells without a state. A server that rejects the connection (08004) answers.
    static boolean isSilence(SQLException failure) {
        SQLException cause = sqlCause(failure);
        String state = cause == null ? null : cause.getSQLState();
        return state == null || isSilence(state);
    }

    private static boolean isSilence(String state) {
        return state.isEmpty() || SILENCE.contains(state) || state.startsWith("57");
    }

    private static void pause() {
        try {
            Thread.sleep(ASK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for PostgreSQL", e);
        }
    }

    /// @throws ConfigurationException when it is too old
    static void requireVersion(int major) {
        if (major < MAJOR_VERSION_MIN) {
            throw new ConfigurationException(
                    "quarkus.datasource.jdbc.url leads to PostgreSQL "
                            + major
                            + ", give it one of version "
                            + MAJOR_VERSION_MIN
                            + " or newer");
        }
    }

    /// The tables are those of other migrations than the ones here.
    static ConfigurationException otherTables(Exception failure) {
        return new ConfigurationException(
                "quarkus.datasource.jdbc.url names a database that another version made, with other"
                        + " migrations than this one has: use that version, or if it was one from"
                        + " before the first release, whose databases cannot be brought up to date,"
                        + " create the database anew (DROP DATABASE and CREATE DATABASE as"
                        + " docs/how-to/run-the-service.md says; for the sandbox: make"
                        + " sandbox-clean): "
                        + firstLine(failure));
    }

    /// What to set instead.
    ///
    /// @param prefix of the keys `username` and `password` that were used
    /// @param role whose they have to be
    static ConfigurationException refused(String prefix, String role, Exception failure) {
        SQLException cause = sqlCause(failure);
        String state = cause == null || cause.getSQLState() == null ? "" : cause.getSQLState();
        String said = firstLine(cause == null ? failure : cause);
        String user = prefix + ".username";
        String sentence =
                switch (isSilence(state) ? "" : state.substring(0, Math.min(2, state.length()))) {
                    case "" ->
                            "quarkus.datasource.jdbc.url leads to no PostgreSQL that answers, start"
                                    + " it or correct the address";
                    case "08" ->
                            "quarkus.datasource.jdbc.url leads to a server that rejects the"
                                    + " connection, correct the address or what it complains of";
                    case "28" ->
                            user
                                    + " and "
                                    + prefix
                                    + ".password are refused, give those of "
                                    + role;
                    case "3D" ->
                            "quarkus.datasource.jdbc.url names a database that does not exist,"
                                    + " create it or correct the name";
                    case "42" ->
                            user
                                    + " lacks a right or a role, set the roles up as"
                                    + " docs/how-to/run-the-service.md says";
                    default -> user + " cannot use the database at quarkus.datasource.jdbc.url";
                };
        return new ConfigurationException(sentence + ": " + said);
    }

    private static @Nullable SQLException sqlCause(Throwable failure) {
        SQLException found = null;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql && sql.getSQLState() != null) {
                found = sql;
            }
        }
        return found;
    }

    private static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
