package dev.driftledger.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.model.Json;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Reads from one API server over the fabric8 client's connection and identity; never writes.
final class ApiServer {
    /// What an API server speaks by default.
    static final String JSON = "application/json";

    /// For discovery and OpenAPI documents, of which the largest known have about 2 MB; objects
    /// come as streams and have `driftledger.cluster.object-bytes-max`.
    private static final int BODY_BYTES_MAX = 64 * 1024 * 1024;

    /// What is read of a refusal, of which some hundred characters are told.
    private static final int STATUS_BYTES_MAX = 64 * 1024;

    private final HttpClient http;
    private final String root;
    private final Duration timeout;

    /// @param timeout how long an answer may take to begin, and between two parts of it
    ApiServer(KubernetesClient client, Duration timeout) {
        this.http = client.getHttpClient();
        String url = client.getMasterUrl().toString();
        this.root = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.timeout = timeout;
    }

    /// The server answered with something other than 200.
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private final transient ServerStatus status;

        Refused(ServerStatus status) {
            super(status.describe());
            this.status = status;
        }

        ServerStatus status() {
            return status;
        }
    }

    /// A small document, read whole.
    JsonNode json(String path, String accept) throws IOException, InterruptedException, Refused {
        return Json.parse(bytes(path, accept));
    }

    /// A small document's bytes.
    byte[] bytes(String path, String accept) throws IOException, InterruptedException, Refused {
        try (ByteStream stream = open(path, accept)) {
            return rest(stream, BODY_BYTES_MAX);
        }
    }

    /// Opens a stream and waits for a good answer's head.
    ///
    /// @param path from the root, with its query
    ByteStream open(String path, String accept) throws IOException, InterruptedException, Refused {
        HttpRequest request =
                http.newHttpRequestBuilder()
                        .uri(URI.create(root + path))
                        .header("Accept", accept)
                        .forStreaming()
                        .build();
        ByteStream stream = new ByteStream();
        CompletableFuture<HttpResponse<AsyncBody>> answer = http.consumeBytes(request, stream);
        HttpResponse<AsyncBody> head = head(answer);
        stream.begin(head.body(), head.code(), retryAfter(head));
        if (head.code() != 200) {
            throw refusal(stream);
        }
        return stream;
    }

    private HttpResponse<AsyncBody> head(CompletableFuture<HttpResponse<AsyncBody>> answer)
            throws IOException, InterruptedException {
        boolean taken = false;
        try {
            HttpResponse<AsyncBody> head = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            taken = true;
            return head;
        } catch (ExecutionException e) {
            throw new IOException("request failed: " + rootMessage(e), e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + timeout, e);
        } finally {
            if (!taken) {
                answer.cancel(true);
            }
        }
    }

    private Refused refusal(ByteStream stream) throws InterruptedException {
        byte[] body;
        try (stream) {
            body = rest(stream, STATUS_BYTES_MAX);
        } catch (IOException e) {
            body = String.valueOf(e.getMessage()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
        return new Refused(ServerStatus.read(stream.code(), body, stream.retryAfter()));
    }

    private byte[] rest(ByteStream stream, int bytesMax) throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            ByteBuffer chunk;
            try {
                chunk = stream.next(timeout);
            } catch (ByteStream.EndOfStream e) {
                return body.toByteArray();
            }
            if (chunk == null) {
                throw new IOException("answer stood still for " + timeout);
            }
            if (body.size() + chunk.remaining() > bytesMax) {
                throw new IOException("answer has more than " + bytesMax + " bytes");
            }
            byte[] part = new byte[chunk.remaining()];
            chunk.get(part);
            body.write(part);
        }
    }

    private static @Nullable Duration retryAfter(HttpResponse<?> head) {
        String header = head.header("Retry-After");
        if (header == null || !header.strip().matches("[0-9]{1,6}")) {
            return null;
        }
        return Duration.ofSeconds(Long.parseLong(header.strip()));
    }

    private static String rootMessage(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
