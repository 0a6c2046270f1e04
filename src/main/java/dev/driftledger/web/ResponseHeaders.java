package dev.driftledger.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Puts on every answer what keeps a browser from doing more than showing it.
@Singleton
final class ResponseHeaders {
    private static final int PRIORITY = 100;

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    context.response()
                            .putHeader(
                                    "Content-Security-Policy",
                                    "default-src 'self'; object-src 'none'; base-uri 'none';"
                                            + " form-action 'self'; frame-ancestors 'none'")
                            .putHeader("X-Content-Type-Options", "nosniff")
                            .putHeader("Referrer-Policy", "same-origin")
                            .putHeader("Cross-Origin-Opener-Policy", "same-origin");
                    context.next();
                },
                PRIORITY);
    }
}
