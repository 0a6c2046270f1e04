package dev.driftledger.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// etcd's JSON gateway (`/v3/kv/…`): health, present revision, compaction.
final class EtcdGateway {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final String url;

    EtcdGateway(String url) {
        this.url = url;
    }

    boolean isHealthy() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/health")).build();
        try {
            return http.send(request, BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Compacts to the present revision and returns it.
    long compact() {
        // "AA==" is the key of one zero byte: it matches nothing, the answer's header is enough.
        long revision = post("/v3/kv/range", "{\"key\":\"AA==\"}").at("/header/revision").asLong();
        post("/v3/kv/compaction", "{\"revision\":\"" + revision + "\",\"physical\":true}");
        return revision;
    }

    private JsonNode post(String path, String body) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(TIMEOUT)
                        .POST(BodyPublishers.ofString(body))
                        .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new SandboxException(
                        "etcd answered "
                                + answer.statusCode()
                                + " to "
                                + path
                                + ": "
                                + answer.body(),
                        null);
            }
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new SandboxException("etcd answered no JSON to " + path, e);
        } catch (IOException e) {
            throw new SandboxException("etcd did not answer " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted while asking etcd", e);
        }
    }
}
