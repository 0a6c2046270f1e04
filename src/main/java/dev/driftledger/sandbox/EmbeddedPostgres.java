package dev.driftledger.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// A real PostgreSQL 18 in a folder, durable as in production, on 127.0.0.1.
///
/// Two roles share the database `driftledger`: `driftledger_owner` owns the schema and runs the
/// migrations, `driftledger` is the service's own and has only what the migrations grant it. All
/// passwords are random, kept in the folder (mode 0600), and asked for (SCRAM).
public final class EmbeddedPostgres implements AutoCloseable {
    public static final String DATABASE = "driftledger";
    public static final String OWNER = "driftledger_owner";
    public static final String SERVICE = "driftledger";

    private static final String ADMIN = "postgres";
    private static final String HBA =
            """
            # Written by Driftledger: everyone gives a password, nobody comes from outside.
            local all all scram-sha-256
            host  all all 127.0.0.1/32 scram-sha-256
            """;

    private final Path folder;
    private final Path data;
    private final int port;
    private io.zonky.test.db.postgres.embedded.@Nullable EmbeddedPostgres server;

    private EmbeddedPostgres(Path folder) {
        this.folder = Folders.make(folder.toAbsolutePath().normalize());
        this.data = this.folder.resolve("data");
        stopOrphan(this.folder);
        this.port = KeptPorts.of(this.folder.resolve("port"), 1).get(0);
    }

    /// Starts the server on the data kept in `folder`, made at the first start. A server that a
    /// killed run left behind is stopped first; the data recovers by itself.
    public static EmbeddedPostgres start(Path folder) {
        EmbeddedPostgres postgres = new EmbeddedPostgres(folder);
        postgres.start();
        return postgres;
    }

    /// Starts again after [#stop()] or [#kill()], on the same port.
    public void start() {
        boolean first = !Files.exists(data.resolve("pg_hba.conf"));
        boolean guarded = !first && Folders.read(data.resolve("pg_hba.conf")).equals(HBA);
        try {
            server = builder(guarded).start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start; see " + log(), e);
        }
        if (!guarded) {
            prepare();
        }
    }

    /// A clean, fast shutdown: clients are cut, the data is checkpointed.
    public void stop() {
        if (server != null) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL did not stop; see " + log(), e);
            }
            server = null;
        }
    }

    /// SIGKILL to the server, as a crash would do it.
    public void kill() {
        postmaster(data)
                .ifPresent(p -> {
                    p.destroyForcibly();
                    p.onExit().join();
                });
        stop();
    }

    @Override
    public void close() {
        stop();
    }

    /// The port on 127.0.0.1; the same after a restart unless another program took it.
    public int port() {
        return port;
    }

    /// `jdbc:postgresql://127.0.0.1:<port>/driftledger`, without user and password.
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /// `postgresql://127.0.0.1:<port>/driftledger`, the form of the reactive client.
    public String reactiveUrl() {
        return "postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /// The password of [#OWNER].
    public String ownerPassword() {
        return Folders.secret(folder.resolve("owner.password"));
    }

    /// The password of [#SERVICE].
    public String servicePassword() {
        return Folders.secret(folder.resolve("service.password"));
    }

    /// A JDBC connection to the database as that role; the caller closes it.
    public Connection connect(String role) throws SQLException {
        return connect(role, DATABASE);
    }

    private Connection connect(String role, String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("password", password(role));
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
        return DriverManager.getConnection(url, properties);
    }

    private String password(String role) {
        return switch (role) {
            case ADMIN -> Folders.secret(folder.resolve("admin.password"));
            case OWNER -> ownerPassword();
            case SERVICE -> servicePassword();
            default -> throw new IllegalArgumentException("no role " + role + " in this server");
        };
    }

    private io.zonky.test.db.postgres.embedded.EmbeddedPostgres.Builder builder(boolean guarded) {
        io.zonky.test.db.postgres.embedded.EmbeddedPostgres.Builder builder =
                io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        .setRegisterShutdownHook(false)
                        .setOverrideWorkingDirectory(
                                Folders.make(Folders.cache().resolve("postgres")).toFile())
                        .setPort(port)
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setServerConfig("unix_socket_directories", "")
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("password_encryption", "scram-sha-256")
                        .setServerConfig("max_connections", "50")
                        .setOutputRedirector(Redirect.appendTo(log().toFile()))
                        .setErrorRedirector(Redirect.appendTo(log().toFile()));
        return guarded ? builder.setConnectConfig("password", password(ADMIN)) : builder;
    }

    /// First start: roles, passwords and database; then the server asks everyone for a password.
    /// Safe to repeat, should the first run have been killed half way.
    private void prepare() {
        try (Connection connection = connect(ADMIN, "postgres");
                Statement sql = connection.createStatement()) {
            for (String role : List.of(ADMIN, OWNER, SERVICE)) {
                if (!exists(sql, "SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'")) {
                    sql.execute("CREATE ROLE " + role);
                }
                sql.execute("ALTER ROLE " + role + " LOGIN PASSWORD '" + password(role) + "'");
            }
            if (!exists(sql, "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                sql.execute("CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
            }
            sql.execute("REVOKE ALL ON DATABASE " + DATABASE + " FROM PUBLIC");
            sql.execute("GRANT CONNECT ON DATABASE " + DATABASE + " TO " + SERVICE);
            Folders.write(data.resolve("pg_hba.conf"), HBA);
            sql.execute("SELECT pg_reload_conf()");
        } catch (SQLException e) {
            throw new SandboxException("cannot prepare the database " + DATABASE, e);
        }
    }

    private static boolean exists(Statement sql, String query) throws SQLException {
        try (ResultSet rows = sql.executeQuery(query)) {
            return rows.next();
        }
    }

    /// Ends the server that a killed run left behind on that folder, if there is one.
    static void stopOrphan(Path folder) {
        postmaster(folder.toAbsolutePath().normalize().resolve("data"))
                .ifPresent(ChildProcess::end);
    }

    /// The server process that `postmaster.pid` names, if it is one on this folder.
    private static Optional<ProcessHandle> postmaster(Path data) {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String pid = Folders.read(file).lines().findFirst().orElse("").strip();
        return pid.matches("\\d{1,10}")
                ? ChildProcess.ours(Long.parseLong(pid), data.toString())
                : Optional.empty();
    }

    private Path log() {
        return folder.resolve("postgres.log");
    }
}
