package dev.driftledger.service;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/// The service's settings without a service.
final class Settings {
    private Settings() {}

    /// All defaults.
    static ServiceConfig service() {
        return service(Map.of());
    }

    /// Defaults but for some keys.
    static ServiceConfig service(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(ServiceConfig.class)
                .withConverter(
                        java.time.Duration.class,
                        200,
                        new io.quarkus.runtime.configuration.DurationConverter())
                .withDefaultValues(values)
                .build()
                .getConfigMapping(ServiceConfig.class);
    }
}
