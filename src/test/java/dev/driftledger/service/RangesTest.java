package dev.driftledger.service;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftledger.desired.DesiredConfig;
import dev.driftledger.event.EventConfig;
import dev.driftledger.intake.IntakeConfig;
import dev.driftledger.store.StoreConfig;
import dev.driftledger.web.WebConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which numbers the service starts with.
final class RangesTest {
    private static void check(Map<String, String> values) {
        SmallRyeConfig config =
                new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .withMapping(ServiceConfig.class)
                        .withMapping(IntakeConfig.class)
                        .withMapping(EventConfig.class)
                        .withMapping(DesiredConfig.class)
                        .withMapping(StoreConfig.class)
                        .withMapping(WebConfig.class)
                        .withConverter(Duration.class, 200, new DurationConverter())
                        .withConverters(new Converter<?>[] {new MemorySizeConverter()})
                        .withDefaultValues(values)
                        .build();
        new Ranges(
                        config.getConfigMapping(ServiceConfig.class),
                        config.getConfigMapping(IntakeConfig.class),
                        config.getConfigMapping(EventConfig.class))
                .check();
        new ReadingRanges(
                        config.getConfigMapping(DesiredConfig.class),
                        config.getConfigMapping(StoreConfig.class),
                        config.getConfigMapping(WebConfig.class))
                .check();
    }

    @Test
    void the_defaults_are_in_their_ranges() {
        assertThatCode(() -> check(Map.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "driftledger.desired.poll-interval, 0s",
        "driftledger.desired.parallel-max, 0",
        "driftledger.desired.rules-bytes-max, 524289",
        "driftledger.desired.tree-entries-max, -1",
        "driftledger.desired.depth-max, 501",
        "driftledger.intake.partitions, 0",
        "driftledger.intake.record-bytes-max, 8388608",
        "driftledger.store.batch-bytes-max, 2G",
        "driftledger.store.start-wait-max, 1h",
        "driftledger.store.page-size-default, 1001",
        "driftledger.store.partition-months-ahead, 25",
        "driftledger.web.coverage-days-max, 0",
        "driftledger.service.store-wait-max, 0s",
    })
    void a_number_out_of_its_range_is_refused_by_key_value_and_fix(String key, String value) {
        assertThatThrownBy(() -> check(Map.of(key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(key + " is ")
                .hasMessageContaining("; set it between ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://x y", "a+b"})
    void an_origin_that_no_checkpoint_could_carry_is_refused(String origin) {
        assertThatThrownBy(() -> check(Map.of("driftledger.service.origin", origin)))
                .hasMessageStartingWith("driftledger.service.origin ");
    }
}
