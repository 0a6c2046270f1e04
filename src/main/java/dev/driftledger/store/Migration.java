package dev.driftledger.store;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/// Makes the tables and brings them up to date, as the role that owns them, before anything uses
/// them; and makes sure that the service's own role is let in.
@ApplicationScoped
public class Migration {
    private final Flyway flyway;
    private final DataSource database;
    private final StoreConfig config;

    Migration(Flyway flyway, DataSource database, StoreConfig config) {
        this.flyway = flyway;
        this.database = database;
        this.config = config;
    }

    /// Waits for the database as long as `quarkus.flyway.connect-retries` allows.
    ///
    /// @throws ConfigurationException with one sentence that names key and fix, when the database
    ///     cannot be used
    public void run() {
        if (config.migrateAtStart()) {
            try {
                flyway.migrate();
            } catch (FlywayException e) {
                throw refused("quarkus.flyway", "the role that owns the database", e);
            }
        }
        try (Connection connection = database.getConnection()) {
            connection.setReadOnly(true);
        } catch (SQLException e) {
            throw refused("quarkus.datasource", "the service's own role", e);
        }
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
                switch (state.length() < 2 ? "" : state.substring(0, 2)) {
                    case "08" ->
                            "quarkus.datasource.jdbc.url leads to no PostgreSQL that answers, start"
                                    + " it or correct the address";
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
