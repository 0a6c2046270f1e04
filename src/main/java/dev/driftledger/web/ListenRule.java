package dev.driftledger.web;

import io.quarkus.runtime.StartupEvent;
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
    private final Exemption exemption;

    ListenRule(
            @ConfigProperty(name = "quarkus.http.host", defaultValue = "127.0.0.1") String host,
            Exemption exemption) {
        this.host = host;
        this.exemption = exemption;
    }

    /// Whether the rule is waived.
    @ConfigMapping(prefix = "driftledger")
    interface Exemption {
        /// Lets the service listen on any address though nobody has to sign in. Default: false.
        @WithDefault("false")
        boolean insecureListen();
    }

    /// Checks before the first connection is accepted.
    void onStart(@Observes StartupEvent event) {
        check(host, exemption.insecureListen());
    }

    /// Accepts an address or says why not.
    ///
    /// @throws IllegalStateException when it is not of this machine alone and not allowed
    static void check(String host, boolean insecureListen) {
        if (!insecureListen && !LOOPBACK.contains(host)) {
            throw new IllegalStateException(
                    "quarkus.http.host is "
                            + host
                            + ", but nobody has to sign in to Driftledger"
                            + " yet and whoever reaches it reads all evidence: use 127.0.0.1"
                            + " behind a proxy that signs people in, or set"
                            + " driftledger.insecure-listen=true to accept that");
        }
    }
}
