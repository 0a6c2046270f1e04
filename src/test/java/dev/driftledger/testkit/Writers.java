package dev.driftledger.testkit;

import dev.driftledger.sandbox.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Which instance wrote to a log, as PostgreSQL saw it: a trigger notes the name of the connection
/// behind every append, so that what an old owner writes cannot be overlooked.
public final class Writers {
    /// Makes the trigger; to be run once, when the tables are there.
    static final String NOTES =
            """
            CREATE TABLE test_writer (
                number bigint GENERATED ALWAYS AS IDENTITY, cluster text, writer text);
            CREATE FUNCTION test_note_writer() RETURNS trigger
                LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                IF NEW.intake_offset <> OLD.intake_offset THEN
                    INSERT INTO test_writer (cluster, writer)
                    VALUES (NEW.cluster, current_setting('application_name'));
                END IF;
                RETURN NULL;
            END $$;
            CREATE TRIGGER test_note_writer AFTER UPDATE ON log
                FOR EACH ROW EXECUTE FUNCTION test_note_writer();
            """;

    private final EmbeddedPostgres postgres;

    /// Reads notes that are being taken; see [#NOTES].
    Writers(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /// Who wrote to the log since the notes began, in order; somebody who wrote several times in a
    /// row is named once.
    public List<String> of(String cluster) {
        List<String> names = new ArrayList<>();
        String sql = "SELECT writer FROM test_writer WHERE cluster = ? ORDER BY number";
        try (Connection connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl(),
                                EmbeddedPostgres.OWNER,
                                postgres.ownerPassword());
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, cluster);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                String name = rows.getString(1);
                if (names.isEmpty() || !names.getLast().equals(name)) {
                    names.add(name);
                }
            }
            return names;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read who wrote", e);
        }
    }
}
