package dev.driftledger.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Asks the service's readiness on its management port.
final class ServiceProbe {
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);
    private static final long PAUSE_MS = 200;

    private final URI ready;

    ServiceProbe(int managementPort) {
        this.ready = URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready");
    }

    /// True once the service says that it is ready; false after a minute or an interrupt.
    boolean awaitReady() {
        long deadline = System.nanoTime() + WAIT_MAX.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
                if (isReady(http)) {
                    return true;
                }
                Life.pause(PAUSE_MS);
            }
        }
        return false;
    }

    private boolean isReady(HttpClient http) {
        HttpRequest request = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
