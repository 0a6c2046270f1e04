package dev.driftledger.web;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Keeps the service on this machine for as long as nobody has to sign in to it.
@Singleton
final class ListenRule {
    private static final Set<String> LOOPBACK =
            Set.of("127.0.0.1", "localhost", "::1", "[::1]", "0:0:0:0:0:0:0:1");

    private final String host;
    private final String managementHost;
    private final Exemption exemption;

    ListenRule(
            @ConfigProperty(name = "quarkus.http.host", defaultValue = "127.0.0.1") String host,
            @ConfigProperty(name = "quarkus.management.host", defaultValue = "0.0.0.0")
                    String managementHost,
            Exemption exemption) {
        this.host = host;
        this.managementHost = managementHost;
        this.exemption = exemption;
    }

    /// Whether the rule is waived.
    @ConfigMapping(prefix = "driftledger")
    interface Exemption {
        /// Lets the service and its management port (health, metrics) listen on any address though
        /// nobody has to sign in. Default: false.
        @WithDefault("false")
        boolean insecureListen();
    }

    /// Checks before the first connection is accepted.
    void onStart(@Observes StartupEvent event) {
        check("quarkus.http.host", host, exemption.insecureListen());
        check("quarkus.management.host", managementHost, exemption.insecureListen());
    }

    /// Accepts an address or says why not.
    ///
    /// @param key that it was set by
    /// @throws ConfigurationException when it is not of this machine alone and not allowed
    static void check(String key, String host, boolean insecureListen) {
        if (!insecureListen && !LOOPBACK.contains(host)) {
            throw new ConfigurationException(
                    key
                            + " is "
                            + host
                            + ", but nobody has to sign in to Driftledger"
                            + " yet and whoever reaches it reads all evidence: use 127.0.0.1"
                            + " behind a proxy that signs people in, or set"
                            + " driftledger.insecure-listen=true to accept that");
        }
    }
}
