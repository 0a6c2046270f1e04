package dev.driftledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftledger.testkit.PostgresFixture;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the service's own role may do to evidence.
final class RightsIT {
    private static final String REFUSED = "42501"; // insufficient_privilege

    private static PostgresFixture postgres;

    @BeforeAll
    static void start() {
        postgres = PostgresFixture.start();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private static void asService(String statement) throws SQLException {
        try (Connection connection = postgres.connect(PostgresFixture.SERVICE);
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private static void assertRefused(String statement) {
        assertThatThrownBy(() -> asService(statement))
                .as(statement)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(REFUSED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "entry",
                "entry_default",
                "batch",
                "tile_hash",
                "checkpoint",
                "blob",
                "finding_version",
                "snapshot"
            })
    void evidence_is_never_changed(String table) {
        String column = table.equals("blob") ? "media_type" : "cluster";
        assertRefused("UPDATE " + table + " SET " + column + " = 'x'");
        assertRefused("DELETE FROM " + table);
        assertRefused("TRUNCATE " + table);
        assertRefused("DROP TABLE " + table);
        assertRefused("ALTER TABLE " + table + " ADD COLUMN mine text");
        assertRefused(
                "CREATE TRIGGER t BEFORE INSERT ON "
                        + table
                        + " FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()");
        assertRefused("CREATE RULE r AS ON INSERT TO " + table + " DO INSTEAD NOTHING");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM log",
                "TRUNCATE log",
                "UPDATE log SET origin = 'another'",
                "UPDATE log SET cluster = 'another'",
                "DELETE FROM publish_cursor",
                "TRUNCATE recorder_state",
                "ALTER TABLE entry DETACH PARTITION entry_default",
                "CREATE TABLE mine (a text)",
                "CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
                "ALTER FUNCTION make_entry_partitions(integer) RENAME TO mine",
                "SET SESSION AUTHORIZATION driftledger_owner",
                "SET ROLE driftledger_owner"
            })
    void nothing_else_is_taken_over(String statement) {
        assertRefused(statement);
    }

    @Test
    void the_service_may_say_how_far_it_got() throws SQLException {
        asService("UPDATE log SET size = 0 WHERE cluster = 'none'");
        asService("UPDATE publish_cursor SET next_index = 1 WHERE cluster = 'none'");
        asService("DELETE FROM recorder_state WHERE cluster = 'none'");
    }

    @Test
    void the_service_may_have_partitions_made_ahead() throws SQLException {
        // When
        asService("SELECT make_entry_partitions(6)");
        // Then
        try (Connection connection = postgres.connect(PostgresFixture.SERVICE);
                Statement sql = connection.createStatement();
                ResultSet rows =
                        sql.executeQuery(
                                "SELECT count(*), count(*) FILTER (WHERE tableowner = '"
                                        + PostgresFixture.OWNER
                                        + "') FROM pg_tables WHERE tablename ~ '^entry_2'")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(7).isEqualTo(rows.getInt(2));
        }
        assertThatThrownBy(() -> asService("SELECT make_entry_partitions(25)"))
                .hasMessageContaining("months_ahead must be 0 to 24");
    }
}
