package dev.driftledger.cli;

import dev.driftledger.ledger.LogFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The files of a log that is served over HTTP.
///
/// A file larger than its reader can use, and any answer but 200, 404 and 410, counts as
/// unreadable. Answers 429 and 5xx and broken connections are tried again a few times.
final class UrlLogFiles implements LogFiles, AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration FILE_TIMEOUT = Duration.ofSeconds(60);
    private static final int ATTEMPTS_MAX = 4;

    /// An index names a checkpoint in about 60 bytes, so this is one of a million.
    private static final int INDEX_MAX_BYTES = 64 << 20;

    private static final Pattern SIZE =
            Pattern.compile(
                    "(?:^|href=\"(?:[^\"]*/)?)([1-9][0-9]{0,17})(?=\"|\\s|$)", Pattern.MULTILINE);

    private final String base;
    private final HttpClient client;

    /// Takes the URL of a log, such as `https://evidence.example.com/log/<cluster uid>/`.
    UrlLogFiles(URI log) {
        String text = log.toString();
        this.base = text.endsWith("/") ? text : text + "/";
        this.client =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build();
    }

    @Override
    public byte @Nullable [] read(String path, int sizeMaxBytes) throws UnreadableException {
        URI uri = URI.create(base + path);
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(FILE_TIMEOUT).build();
        for (int attempt = 1; ; attempt++) {
            try {
                HttpResponse<byte[]> response = send(request, sizeMaxBytes);
                int status = response.statusCode();
                if (status == 200) {
                    return response.body();
                }
                if (status == 404 || status == 410) {
                    return null;
                }
                if ((status != 429 && status < 500) || attempt == ATTEMPTS_MAX) {
                    throw new UnreadableException(uri + " answers with status " + status, null);
                }
            } catch (IOException e) {
                if (attempt == ATTEMPTS_MAX) {
                    throw new UnreadableException("cannot read " + uri + ": " + e, e);
                }
            }
            pause(uri, attempt);
        }
    }

    private HttpResponse<byte[]> send(HttpRequest request, int sizeMaxBytes)
            throws IOException, UnreadableException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), sizeMaxBytes));
        try {
            return answer.get(FILE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no complete answer within " + FILE_TIMEOUT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreadableException("stopped while reading " + request.uri(), e);
        }
    }

    private static void pause(URI uri, int attempt) throws UnreadableException {
        try {
            Thread.sleep(Duration.ofMillis(250L << attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreadableException("stopped while reading " + uri, e);
        }
    }

    /// Reads the index page `checkpoints/`: links to sizes, or one size a line.
    @Override
    public SortedSet<Long> checkpointSizes() throws UnreadableException {
        SortedSet<Long> sizes = new TreeSet<>();
        byte[] index = read("checkpoints/", INDEX_MAX_BYTES);
        if (index != null) {
            Matcher matcher = SIZE.matcher(new String(index, StandardCharsets.UTF_8));
            while (matcher.find()) {
                sizes.add(Long.valueOf(matcher.group(1)));
            }
        }
        return sizes;
    }

    @Override
    public SortedSet<String> paths() {
        return Collections.emptySortedSet();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
