package dev.driftledger.cluster;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One answer's body as it streams in, read by one thread at its own pace: at most
/// [#CHUNKS_MAX] chunks wait, then the connection is not read any further.
final class ByteStream implements AsyncBody.Consumer<List<ByteBuffer>>, AutoCloseable {
    private static final int CHUNKS_MAX = 8;

    private final LinkedBlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private @Nullable AsyncBody body;
    private int code;
    private boolean over;
    private @Nullable Duration retryAfter;

    /// What comes in, in order.
    private sealed interface Part {
        /// Bytes of the body.
        record Chunk(ByteBuffer bytes) implements Part {}

        /// The end, with what went wrong if anything did.
        record End(@Nullable Throwable problem) implements Part {}
    }

    /// Takes the answer's head and begins to read its body.
    void begin(AsyncBody answer, int status, @Nullable Duration delay) {
        body = answer;
        code = status;
        retryAfter = delay;
        CompletableFuture<Void> _ =
                answer.done().whenComplete((_, failure) -> parts.add(new Part.End(failure)));
        for (int i = 0; i < CHUNKS_MAX; i++) {
            answer.consume();
        }
    }

    /// HTTP status code.
    int code() {
        return code;
    }

    /// What `Retry-After` said; null when there was none.
    @Nullable Duration retryAfter() {
        return retryAfter;
    }

    @Override
    public void consume(List<ByteBuffer> value, AsyncBody answer) {
        value.forEach(bytes -> parts.add(new Part.Chunk(bytes)));
    }

    /// The next chunk; null when nothing came for so long.
    ///
    /// @throws EndOfStream when the server ended the answer
    /// @throws IOException when the connection was cut
    @Nullable ByteBuffer next(Duration wait) throws IOException, InterruptedException {
        Part part = parts.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
        return switch (part) {
            case null -> null;
            case Part.Chunk(ByteBuffer bytes) -> {
                if (body != null) {
                    body.consume();
                }
                yield bytes;
            }
            case Part.End(Throwable problem) -> {
                over = true;
                if (problem == null) {
                    throw new EndOfStream();
                }
                throw new IOException("connection was cut", problem);
            }
        };
    }

    /// Gives up the rest of the answer; nothing when it ended, for then its connection may serve
    /// somebody else already.
    @Override
    public void close() {
        if (body != null && !over) {
            body.cancel();
        }
    }

    /// The server ended the answer in good order.
    static final class EndOfStream extends IOException {
        private static final long serialVersionUID = 1;

        EndOfStream() {
            super("the server ended the stream");
        }
    }
}
