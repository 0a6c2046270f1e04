package dev.driftledger.cluster;

import dev.driftledger.model.IntakeRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Watches all types of a cluster and writes what the server sends to a file, until it is closed.
///
/// It is a [ClusterWatch] whose records go nowhere.
public final class RecordingSession implements AutoCloseable {
    private final RecordingWriter writer;
    private final ClusterWatch watch;

    /// Begins at once.
    ///
    /// @param out where the recording goes; closed with this
    public RecordingSession(
            ClusterConnection connection, OutputStream out, ClusterWatch.Options options)
            throws IOException {
        this.writer =
                new RecordingWriter(
                        out,
                        connection,
                        options.key().redaction(options.confidentialPaths()),
                        Instant.now());
        this.watch =
                new ClusterWatch(
                        connection, Known.nothing(), RecordingSession::discard, options, writer);
        watch.start();
    }

    /// Adds what a fetch of a repository would see from now on.
    ///
    /// @param repository its address, without credentials
    /// @param refs full ref name → commit id
    public void git(Instant at, String repository, SortedMap<String, String> refs) {
        writer.git(at, repository, refs);
    }

    /// Why nothing more is written; null while all is well.
    public @Nullable IOException failure() {
        return writer.failure();
    }

    /// How many lines there are.
    public long linesCount() {
        return writer.linesCount();
    }

    /// How many events were left out because they could not be read.
    public long leftOutCount() {
        return writer.leftOutCount();
    }

    /// How many types were listed completely.
    public int typesCount() {
        return watch.resourceVersions().size();
    }

    @Override
    public void close() throws IOException {
        watch.close();
        writer.close();
    }

    private static CompletableFuture<Void> discard(IntakeRecord record) {
        return CompletableFuture.completedFuture(null);
    }
}
