package dev.driftledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said of a database that cannot be used.
final class MigrationTest {
    @ParameterizedTest
    @CsvSource({
        "08001, quarkus.datasource.jdbc.url leads to no PostgreSQL",
        "28P01, quarkus.flyway.username and quarkus.flyway.password are refused",
        "3D000, quarkus.datasource.jdbc.url names a database that does not exist",
        "42501, quarkus.flyway.username lacks a right",
        "XX000, quarkus.flyway.username cannot use the database",
    })
    void a_database_that_cannot_be_used_is_told_of_by_key_and_fix(String state, String sentence) {
        // Given
        SQLException cause = new SQLException("what PostgreSQL says\nand more", state);

        // When
        Exception refused =
                Migration.refused("quarkus.flyway", "the owner", new IllegalStateException(cause));

        // Then
        assertThat(refused)
                .hasMessageStartingWith(sentence)
                .hasMessageEndingWith(": what PostgreSQL says");
    }
}
