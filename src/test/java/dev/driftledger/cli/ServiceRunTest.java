package dev.driftledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.net.BindException;
import org.junit.jupiter.api.Test;

/// What is said of a start that failed.
final class ServiceRunTest {
    @Test
    void a_setting_that_is_wrong_is_told_without_what_led_to_it() {
        Exception wrong = new ConfigurationException("key is no", new IllegalStateException("x"));
        assertThat(ServiceRun.words(new RuntimeException("beans", wrong))).isEqualTo("key is no");
    }

    @Test
    void keys_that_are_unknown_or_have_no_value_are_told_once_each() {
        Exception wrong =
                new ConfigValidationException(
                        new ConfigValidationException.Problem[] {
                            problem("SRCFG00050: driftledger.x in Sys does not map to any root"),
                            problem("SRCFG00050: driftledger.x in Sys does not map to any root"),
                            problem("java.lang.IllegalArgumentException: driftledger.y is soon"),
                        });
        assertThat(String.valueOf(ServiceRun.words(new RuntimeException(wrong))).lines())
                .containsExactly(
                        "driftledger.x is no key of Driftledger, correct its spelling or leave it"
                                + " out",
                        "driftledger.y is soon",
                        "docs/reference/configuration.md has all keys with their values");
    }

    private static ConfigValidationException.Problem problem(String message) {
        return new ConfigValidationException.Problem(message);
    }

    @Test
    void a_port_that_is_taken_is_told_by_its_keys_and_address() {
        Exception taken = new BindException("Address already in use");
        Exception where = new IllegalStateException("Unable to start on 127.0.0.1:9000", taken);
        assertThat(ServiceRun.words(new RuntimeException(where)))
                .startsWith("quarkus.http.port and quarkus.management.port must be free")
                .endsWith(": Unable to start on 127.0.0.1:9000");
    }

    @Test
    void a_database_that_is_no_postgresql_is_told_by_key_and_shape_of_the_address() {
        Exception unknown = new IllegalStateException("No Flyway database plugin found to handle");
        assertThat(ServiceRun.words(new RuntimeException(unknown)))
                .startsWith("quarkus.datasource.jdbc.url is no address of a PostgreSQL");
    }

    @Test
    void a_mistake_of_ours_is_shown_whole() {
        assertThat(ServiceRun.words(new IllegalStateException("no"))).isNull();
    }
}
