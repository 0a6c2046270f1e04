package dev.driftledger.testkit;

import dev.driftledger.sandbox.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// Keeps every log from growing until it is closed, while all can be read: appends wait for a lock
/// that this holds. What a test wants to see before the recorder goes on, it can see in peace.
public final class AppendHold implements AutoCloseable {
    private final Connection connection;

    private AppendHold(Connection connection) {
        this.connection = connection;
    }

    /// Begins.
    public static AppendHold of(EmbeddedPostgres postgres) {
        try {
            Connection connection = postgres.connect(EmbeddedPostgres.OWNER);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                boolean _ = statement.execute("LOCK TABLE entry IN EXCLUSIVE MODE");
            }
            return new AppendHold(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot lock the entries", e);
        }
    }

    @Override
    public void close() {
        try (connection) {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot let the entries go", e);
        }
    }
}
