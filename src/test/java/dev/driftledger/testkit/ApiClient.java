package dev.driftledger.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.Json;
import dev.driftledger.sandbox.ClusterAccess;
import dev.driftledger.sandbox.KubeUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One user's plain HTTP requests to an API server. What it refuses is an answer, no exception.
public final class ApiClient {
    public static final String JSON = "application/json";
    public static final String APPLY = "application/apply-patch+yaml";
    public static final String STRATEGIC = "application/strategic-merge-patch+json";
    public static final String MERGE = "application/merge-patch+json";
    public static final String JSON_PATCH = "application/json-patch+json";

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final String url;
    private final String token;
    private final HttpClient http;

    public ApiClient(ClusterAccess access, String user) {
        this.url = access.url();
        this.token = access.token(user);
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(KubeUser.trusting(access.certificateAuthority()))
                        .connectTimeout(TIMEOUT)
                        .build();
    }

    /// What the server answered; `body` is missing when it was no JSON.
    public record Answer(int status, JsonNode body) {
        public boolean isGood() {
            return status < 300;
        }

        /// The object in the answer.
        ///
        /// @throws AssertionError with the server's words when it refused
        public ObjectNode object() {
            if (!isGood() || !(body instanceof ObjectNode object)) {
                throw new AssertionError("answered " + status + ": " + message());
            }
            return object;
        }

        public String message() {
            return body.path("message").asText(body.toString());
        }
    }

    public Answer get(String path) {
        return send("GET", path, null, null);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null, null);
    }

    public Answer put(String path, String manager, JsonNode object) {
        return send("PUT", path + "?fieldManager=" + manager, JSON, object);
    }

    public Answer post(String collection, String manager, JsonNode object) {
        return send("POST", collection + "?fieldManager=" + manager, JSON, object);
    }

    /// Server-side apply, conflicts forced.
    public Answer apply(String path, String manager, JsonNode object) {
        return send("PATCH", path + "?force=true&fieldManager=" + manager, APPLY, object);
    }

    /// Sends a patch of one of the types above.
    public Answer patch(String path, String manager, String type, JsonNode patch) {
        return send("PATCH", path + "?fieldManager=" + manager, type, patch);
    }

    public Answer send(String method, String path, @Nullable String type, @Nullable JsonNode body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(TIMEOUT)
                        .header("Authorization", "Bearer " + token)
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body.toString()));
        if (type != null) {
            request.header("Content-Type", type);
        }
        try {
            HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), parsed(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted in " + method + " " + path, e);
        }
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return Json.parse(body);
        } catch (IOException _) {
            return MissingNode.getInstance();
        }
    }
}
