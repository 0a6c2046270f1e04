package dev.driftledger.service;

import dev.driftledger.web.Conditions;
import dev.driftledger.web.LogKeys;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Tells the pages what only the service knows.
final class WebWiring {
    /// The public keys of the logs that this installation signs.
    @Produces
    @Singleton
    LogKeys logKeys(Keys keys, ServiceConfig config) {
        String prefix = config.origin() + "/";
        return origin -> {
            if (!origin.startsWith(prefix)) {
                return Optional.empty();
            }
            String uid = origin.substring(prefix.length());
            return keys.verifierKey(uid, origin).map(key -> key.encode());
        };
    }

    /// How the parts stand that everything needs.
    @Produces
    @Singleton
    Conditions conditions(Watchdog watchdog) {
        return watchdog::parts;
    }
}
