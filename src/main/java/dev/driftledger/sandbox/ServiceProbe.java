package dev.driftledger.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Asks the service how far it is.
final class ServiceProbe {
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);
    private static final Duration SHOP_WAIT_MAX = Duration.ofSeconds(10);
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

    /// Waits until that many applications are in sync, for a while at most: what a kept shop lacks
    /// from its last run need not be repaired for the life to go on.
    static void awaitInSync(int port, int count) {
        URI list = URI.create("http://127.0.0.1:" + port + "/api/v1/applications?verdict=in-sync");
        long deadline = System.nanoTime() + SHOP_WAIT_MAX.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (System.nanoTime() < deadline
                    && !Thread.currentThread().isInterrupted()
                    && countOf(http, list) < count) {
                Life.pause(PAUSE_MS);
            }
        }
    }

    private static int countOf(HttpClient http, URI list) {
        HttpRequest request = HttpRequest.newBuilder(list).timeout(Duration.ofSeconds(5)).build();
        try {
            String body = http.send(request, BodyHandlers.ofString()).body();
            return Manifest.json(body).path("total_size").asInt();
        } catch (IOException | IllegalArgumentException _) {
            return 0;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 0;
        }
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
