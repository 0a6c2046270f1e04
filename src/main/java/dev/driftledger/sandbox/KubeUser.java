package dev.driftledger.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// One user's requests to the sandbox's API server, as plain HTTP with a bearer token.
///
/// Plain, because the sandbox wants to say exactly what goes over the wire: which field manager,
/// which patch type, which subresource. An answer of 400 or more is a [SandboxException] with the
/// server's message, except where a method says otherwise.
public final class KubeUser {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url;
    private final String token;
    private final HttpClient http;

    KubeUser(String url, Path certificateAuthority, String token) {
        this.url = url;
        this.token = token;
        this.http =
                HttpClient.newBuilder()
                        .sslContext(trusting(certificateAuthority))
                        .connectTimeout(TIMEOUT)
                        .build();
    }

    /// The object at that path, or empty where the server answers 404.
    public Optional<JsonNode> get(String path) {
        HttpResponse<String> answer = send("GET", path, null, null);
        return answer.statusCode() == 404
                ? Optional.empty()
                : Optional.of(checked("GET", path, answer));
    }

    /// Server-side apply of the whole object as that field manager; conflicts are forced, as a
    /// delivery pipeline does it.
    public JsonNode apply(String path, String manager, JsonNode object) {
        String query = path + "?fieldManager=" + manager + "&force=true";
        return write("PATCH", query, "application/apply-patch+yaml", object);
    }

    /// A JSON merge patch (RFC 7386) as that field manager.
    public JsonNode merge(String path, String manager, JsonNode patch) {
        String query = path + "?fieldManager=" + manager;
        return write("PATCH", query, "application/merge-patch+json", patch);
    }

    /// A strategic merge patch, the form that kubectl sends, as that field manager.
    public JsonNode strategic(String path, String manager, JsonNode patch) {
        String query = path + "?fieldManager=" + manager;
        return write("PATCH", query, "application/strategic-merge-patch+json", patch);
    }

    /// Creates an object in the collection at that path. One that is there already (409) stays.
    public void create(String collection, String manager, JsonNode object) {
        String path = collection + "?fieldManager=" + manager;
        HttpResponse<String> answer = send("POST", path, "application/json", object);
        if (answer.statusCode() != 409) {
            checked("POST", path, answer);
        }
    }

    /// Deletes the object at that path; one that is gone already (404) is no error.
    public void delete(String path) {
        HttpResponse<String> answer = send("DELETE", path, null, null);
        if (answer.statusCode() != 404) {
            checked("DELETE", path, answer);
        }
    }

    /// True when `/readyz` answers 200 now; false also where nothing answers.
    boolean isReady() {
        try {
            return send("GET", "/readyz", null, null).statusCode() == 200;
        } catch (SandboxException _) {
            return false;
        }
    }

    private JsonNode write(String method, String path, String type, JsonNode body) {
        return checked(method, path, send(method, path, type, body));
    }

    private HttpResponse<String> send(
            String method, String path, @Nullable String contentType, @Nullable JsonNode body) {
        BodyPublisher bytes =
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(TIMEOUT)
                        .header("Authorization", "Bearer " + token)
                        .method(method, bytes);
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new SandboxException("no answer to " + method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted in " + method + " " + path, e);
        }
    }

    private static JsonNode checked(String method, String path, HttpResponse<String> answer) {
        if (answer.statusCode() >= 400) {
            String what = method + " " + path + " was answered " + answer.statusCode();
            throw new SandboxException(what + ": " + answer.body(), null);
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new SandboxException(method + " " + path + " was answered with no JSON", e);
        }
    }

    /// Trusts the certificate authorities in a PEM file, and no others.
    ///
    /// @throws SandboxException when they cannot be read
    public static SSLContext trusting(Path certificates) {
        try (InputStream in = Files.newInputStream(certificates)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int index = 0;
            for (Certificate c : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("sandbox-" + index++, c);
            }
            String algorithm = TrustManagerFactory.getDefaultAlgorithm();
            TrustManagerFactory trust = TrustManagerFactory.getInstance(algorithm);
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new SandboxException("cannot read the certificates in " + certificates, e);
        }
    }
}
