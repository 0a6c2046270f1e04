package dev.driftledger.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Asks a running service.
final class ServiceApi {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    /// What one explanation of a service can have at most, with both objects in it.
    private static final int ANSWER_MAX_BYTES = 32 << 20;

    private final String base;

    /// Takes the service's URL, such as `http://127.0.0.1:8080`.
    ServiceApi(URI service) {
        String text = service.toString();
        if (!text.startsWith("http://") && !text.startsWith("https://")) {
            throw new IllegalArgumentException(
                    "--url must begin with http:// or https://, got '" + text + "'");
        }
        this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /// Why a resource's verdict is what it is.
    ///
    /// @param id `<cluster uid>:group:kind:namespace:name`
    /// @param at RFC 3339; null for now
    /// @throws IOException with what the service says when it has no answer
    JsonNode explanation(String id, @Nullable String at) throws IOException, InterruptedException {
        String path = "/api/v1/resources/" + encoded(id) + "/explanation";
        return get(path + (at == null ? "" : "?at=" + encoded(at)));
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        URI uri = URI.create(base + path);
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build()) {
            HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWER_TIMEOUT).build();
            HttpResponse<InputStream> answer = send(client, request);
            try (InputStream in = answer.body()) {
                byte[] body = in.readNBytes(ANSWER_MAX_BYTES);
                if (answer.statusCode() != 200) {
                    throw new IOException(uri + " answers " + problem(answer.statusCode(), body));
                }
                return Json.parse(body);
            }
        }
    }

    /// The client leaves out why it could not connect.
    private HttpResponse<InputStream> send(HttpClient client, HttpRequest request)
            throws IOException, InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new IOException(base + " (--url) does not answer: " + why, e);
        }
    }

    /// What a problem+json says, else its status alone.
    private static String problem(int status, byte[] body) {
        try {
            JsonNode problem = Json.parse(body);
            String detail = problem.path("detail").asText(problem.path("title").asText());
            return status + (detail.isEmpty() ? "" : ": " + detail);
        } catch (IOException _) {
            return Integer.toString(status);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
