package dev.driftledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said of a database that cannot be used.
final class MigrationTest {
    @Test
    void a_database_of_other_migrations_is_told_of_by_key_and_fix() {
        assertThat(Migration.otherTables(new IllegalStateException("checksum mismatch\nmore")))
                .hasMessageStartingWith("quarkus.datasource.jdbc.url names a database that another")
                .hasMessageContaining("create the database anew")
                .hasMessageContaining("make sandbox-clean")
                .hasMessageEndingWith(": checksum mismatch");
    }

    @ParameterizedTest
    @CsvSource({
        "08001, true",
        "08006, true",
        "57P03, true",
        ", true",
        "08004, false",
        "28P01, false",
        "3D000, false",
    })
    void what_answers_with_a_refusal_is_not_waited_for(String state, boolean isWaitedFor) {
        assertThat(Migration.isSilence(new SQLException("said", state))).isEqualTo(isWaitedFor);
    }

    @Test
    void a_postgresql_that_is_too_old_is_told_of_by_key_and_fix() {
        assertThatThrownBy(() -> Migration.requireVersion(15))
                .hasMessage(
                        "quarkus.datasource.jdbc.url leads to PostgreSQL 15, give it one of version"
                                + " 16 or newer");
        assertThatCode(() -> Migration.requireVersion(16)).doesNotThrowAnyException();
    }

    @Test
    void a_postgresql_that_is_too_old_is_not_changed() {
        // Given
        DataSource old = oldDatabase();
        Flyway flyway = Flyway.configure().dataSource(old).load();
        StoreConfig config =
                new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .withMapping(StoreConfig.class)
                        .withConverter(Duration.class, 200, new DurationConverter())
                        .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                        .build()
                        .getConfigMapping(StoreConfig.class);

        // Then
        assertThat(config.migrateAtStart()).isTrue();
        assertThatThrownBy(() -> new Migration(flyway, old, config).run())
                .hasMessageContaining("leads to PostgreSQL 15");
    }

    /// It says its version, and fails at anything else.
    private static DataSource oldDatabase() {
        DatabaseMetaData data = fake(DatabaseMetaData.class, Map.of("getDatabaseMajorVersion", 15));
        Connection connection = fake(Connection.class, Map.of("getMetaData", data, "close", ""));
        return fake(DataSource.class, Map.of("getConnection", connection));
    }

    private static <T> T fake(Class<T> type, Map<String, Object> answers) {
        Object made =
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, _) -> {
                            Object answer = answers.get(method.getName());
                            if (answer == null) {
                                throw new SQLException("asked for " + method.getName(), "XX000");
                            }
                            return method.getReturnType() == void.class ? null : answer;
                        });
        return type.cast(made);
    }

    @ParameterizedTest
    @CsvSource({
        "08001, quarkus.datasource.jdbc.url leads to no PostgreSQL",
        "57P03, quarkus.datasource.jdbc.url leads to no PostgreSQL",
        "08004, quarkus.datasource.jdbc.url leads to a server that rejects the connection",
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
