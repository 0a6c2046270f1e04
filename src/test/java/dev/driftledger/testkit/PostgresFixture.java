package dev.driftledger.testkit;

import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/// A fresh, migrated database in a real PostgreSQL, which all tests of a JVM share.
///
/// The roles are those of production: an owner who migrates, and the service, who owns nothing.
public final class PostgresFixture implements AutoCloseable {
    /// Owns all tables.
    public static final String OWNER = "driftledger_owner";

    /// The service's role.
    public static final String SERVICE = "driftledger";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Vertx vertx = Vertx.vertx();
    private final String database;
    private final Pool pool;

    private PostgresFixture(String database, int connectionsCount) {
        this.database = database;
        this.pool = pool(connectionsCount);
    }

    /// Makes a database and migrates it.
    public static PostgresFixture start() {
        return start(4);
    }

    /// Makes a database whose pool has so many connections.
    public static PostgresFixture start(int connectionsCount) {
        String database = "test_" + COUNT.incrementAndGet();
        try (Connection admin = Server.SHARED.getPostgresDatabase().getConnection();
                Statement sql = admin.createStatement()) {
            sql.execute("CREATE DATABASE " + database + " OWNER " + OWNER);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot make a database for the test", e);
        }
        PostgresFixture fixture = new PostgresFixture(database, connectionsCount);
        Flyway.configure()
                .dataSource(fixture.jdbcUrl(), OWNER, "")
                .locations("classpath:db/migration")
                .placeholders(Map.of("service_role", SERVICE))
                .load()
                .migrate();
        return fixture;
    }

    /// The service's pool.
    public Pool pool() {
        return pool;
    }

    /// Another pool of the service; the caller closes it.
    public Pool pool(int connectionsCount) {
        return pool(connectionsCount, port());
    }

    /// Another pool of the service through a relay; the caller closes it.
    public Pool pool(int connectionsCount, int port) {
        PgConnectOptions options =
                new PgConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setDatabase(database)
                        .setUser(SERVICE)
                        .setPassword("")
                        .setCachePreparedStatements(true);
        return Pool.pool(vertx, options, new PoolOptions().setMaxSize(connectionsCount));
    }

    /// `jdbc:postgresql://127.0.0.1:<port>/<database>`.
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /// `postgresql://127.0.0.1:<port>/<database>`.
    public String reactiveUrl() {
        return "postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /// Where the server listens on 127.0.0.1.
    public int port() {
        return Server.SHARED.getPort();
    }

    /// The database's name.
    public String database() {
        return database;
    }

    /// A connection as any role: [#OWNER], [#SERVICE] or `postgres`.
    public Connection connect(String role) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), role, "");
    }

    @Override
    public void close() {
        pool.closeAndAwait();
        vertx.closeAndAwait();
    }

    /// Started when first used, stopped with the JVM.
    private static final class Server {
        static final EmbeddedPostgres SHARED = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server =
                        EmbeddedPostgres.builder()
                                .setServerConfig("listen_addresses", "127.0.0.1")
                                .setServerConfig("fsync", "on")
                                .setServerConfig("synchronous_commit", "on")
                                .start();
                try (Connection admin = server.getPostgresDatabase().getConnection();
                        Statement sql = admin.createStatement()) {
                    sql.execute("CREATE ROLE " + OWNER + " LOGIN");
                    sql.execute("CREATE ROLE " + SERVICE + " LOGIN");
                }
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL did not start", e);
            } catch (SQLException e) {
                throw new IllegalStateException("cannot make the roles", e);
            }
        }
    }
}
