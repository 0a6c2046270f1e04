package dev.driftledger.service;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Beans that are not made by a constructor alone.
final class Beans {
    @Produces
    @Singleton
    Keys keys(ServiceConfig config) {
        return new Keys(config.dataDir().resolve("keys"), new SecureRandom());
    }

    @Produces
    @Singleton
    Instance instance(
            ServiceConfig config,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        return Instance.of(config, version);
    }
}
