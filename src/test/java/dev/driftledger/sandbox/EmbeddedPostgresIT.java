package dev.driftledger.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
    @TempDir Path folder;

    @Test
    void an_orphan_of_a_killed_run_is_stopped_and_its_data_kept() throws IOException, SQLException {
        // Given
        KilledJvm.run("postgres", folder);

        // When
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder);
                Connection connection = postgres.connect(EmbeddedPostgres.OWNER)) {

            // Then
            assertThat(one(connection, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void the_server_is_durable_guarded_and_the_service_owns_nothing()
            throws IOException, SQLException {
        // Given
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder);
                Connection owner = postgres.connect(EmbeddedPostgres.OWNER);
                Connection service = postgres.connect(EmbeddedPostgres.SERVICE)) {

            // Then
            assertThat(one(service, "SHOW fsync")).isEqualTo("on");
            assertThat(one(service, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(one(service, "SHOW max_connections")).isEqualTo("50");
            assertThat(one(service, "SHOW server_version")).startsWith("18");
            assertThat(one(owner, "SELECT current_database()")).isEqualTo("driftledger");
            assertThatThrownBy(() -> service.createStatement().execute("CREATE TABLE t (i int)"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(
                            () -> DriverManager.getConnection(postgres.jdbcUrl(), "postgres", ""))
                    .isInstanceOf(SQLException.class);
            String mode =
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("service.password")));
            assertThat(mode).isEqualTo("rw-------");
        }
    }

    @Test
    void after_kill_and_stop_it_starts_again_on_the_same_port() throws SQLException {
        // Given
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            int port = postgres.port();

            // When
            postgres.kill();
            postgres.start();
            postgres.stop();
            postgres.start();

            // Then
            assertThat(postgres.port()).isEqualTo(port);
            try (Connection connection = postgres.connect(EmbeddedPostgres.SERVICE)) {
                assertThat(one(connection, "SELECT 1")).isEqualTo("1");
            }
        }
    }

    private static String one(Connection connection, String query) throws SQLException {
        try (ResultSet rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
