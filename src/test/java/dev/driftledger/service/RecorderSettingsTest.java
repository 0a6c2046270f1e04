package dev.driftledger.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.RecorderLimits;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.PathConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the recorder is told of the configuration.
final class RecorderSettingsTest {
    private static SmallRyeConfig config(Map<String, String> values) {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder()
                        .withMapping(ServiceConfig.class)
                        .withMapping(SourceConfig.class)
                        .withConverter(Duration.class, 200, new DurationConverter())
                        .withConverter(Path.class, 200, new PathConverter());
        values.forEach(builder::withDefaultValue);
        return builder.build();
    }

    @Test
    void limits_that_nobody_set_are_the_recorders_own() {
        // Given
        SmallRyeConfig config = config(Map.of());

        // When
        RecorderLimits limits =
                RecorderSettings.of(
                                "any",
                                config.getConfigMapping(ServiceConfig.class),
                                config.getConfigMapping(SourceConfig.class))
                        .limits();

        // Then
        assertThat(limits).isEqualTo(RecorderLimits.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user@host/r.git",
                "https://user:hunter2@host/r.git",
                "https://user:hunter2/x@host",
                "HTTPS://user:hunter2@host/r.git",
                "ssh://git:hunter2@host/r.git",
                "user:hunter2@host:r.git",
                "https://host/r.git?private_token=hunter2",
                "ssh://git@host/r.git?token=hunter2"
            })
    void a_repository_with_a_secret_stops_the_start_without_showing_it(String repository) {
        // When
        assertThatThrownBy(() -> check(repository))
                // Then
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("driftledger.sources.cart.repository holds a ")
                .hasMessageContaining("~/.netrc")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://host:8443/r.git",
                "ssh://git@host:2222/r.git",
                "git@host:team/r.git",
                "/srv/git/r@v1.git"
            })
    void a_repository_without_one_is_fine(String repository) {
        assertThatCode(() -> check(repository)).doesNotThrowAnyException();
    }

    private static void check(String repository) {
        SmallRyeConfig config =
                config(
                        Map.of(
                                "driftledger.sources.cart.cluster", "prod",
                                "driftledger.sources.cart.namespace", "shop",
                                "driftledger.sources.cart.repository", repository));
        RecorderSettings.check(
                Set.of("prod"),
                config.getConfigMapping(ServiceConfig.class),
                config.getConfigMapping(SourceConfig.class));
    }

    @Test
    void severities_reach_the_recorder_in_their_order() {
        // Given
        String row = "driftledger.service.severities[%d].%s";
        SmallRyeConfig config =
                config(
                        Map.of(
                                row.formatted(0, "path"), "spec.replicas",
                                row.formatted(0, "severity"), "low",
                                row.formatted(1, "kind"), "Deployment",
                                row.formatted(1, "path"), "**.image",
                                row.formatted(1, "severity"), "critical"));

        // When
        List<RecorderConfig.SeverityRow> rows =
                RecorderSettings.of(
                                "any",
                                config.getConfigMapping(ServiceConfig.class),
                                config.getConfigMapping(SourceConfig.class))
                        .severities();

        // Then
        assertThat(rows)
                .containsExactly(
                        new RecorderConfig.SeverityRow("*", "spec.replicas", "low"),
                        new RecorderConfig.SeverityRow("Deployment", "**.image", "critical"));
    }

    @Test
    void a_severity_that_is_none_stops_the_start_and_names_its_key() {
        // Given
        SmallRyeConfig config =
                config(
                        Map.of(
                                "driftledger.service.severities[0].path", "spec",
                                "driftledger.service.severities[0].severity", "terrible"));

        // When
        assertThatThrownBy(() ->
                        RecorderSettings.check(
                                Set.of(),
                                config.getConfigMapping(ServiceConfig.class),
                                config.getConfigMapping(SourceConfig.class)))
                // Then
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "driftledger.service.severities[0].severity is 'terrible'; set one of"
                                + " [info, low, medium, high, critical]");
    }

    @Test
    void a_limit_out_of_its_range_stops_the_start_and_names_its_key() {
        // Given
        SmallRyeConfig config =
                config(Map.of("driftledger.service.recorder.tombstones-count", "0"));

        // When
        assertThatThrownBy(() ->
                        RecorderSettings.check(
                                Set.of(),
                                config.getConfigMapping(ServiceConfig.class),
                                config.getConfigMapping(SourceConfig.class)))
                // Then
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("driftledger.service.recorder.tombstones-count is 0; set 1 to 100000");
    }
}
