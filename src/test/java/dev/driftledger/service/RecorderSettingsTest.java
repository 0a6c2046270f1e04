package dev.driftledger.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftledger.model.RecorderLimits;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.PathConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

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
