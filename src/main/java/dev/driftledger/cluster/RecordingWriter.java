package dev.driftledger.cluster;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Json;
import dev.driftledger.model.Redaction;
import dev.driftledger.model.ResourceType;
import dev.driftledger.model.Rfc3339;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SortedMap;
import java.util.zip.GZIPOutputStream;

/// Writes a recording, gzipped. Objects are redacted before they reach the file. Thread-safe.
///
/// What cannot be read as an object is left out and counted: it could hold a Secret.
public final class RecordingWriter implements FrameTap, AutoCloseable {
    private final OutputStream out;
    private final ClusterRef cluster;
    private final Redaction redaction;
    private Instant lastAt = Instant.MIN;
    private long linesCount;
    private long leftOutCount;

    /// Writes the header at once.
    ///
    /// @param out closed with this
    public RecordingWriter(
            OutputStream out, ClusterConnection connection, Redaction redaction, Instant started)
            throws IOException {
        this(out, connection.ref(), redaction);
        ObjectNode line = Json.shared().createObjectNode();
        line.putObject("header")
                .put("format", RecordingLine.FORMAT)
                .put("cluster", cluster.uid())
                .put("kubernetes", connection.kubernetesVersion())
                .put("started", Rfc3339.format(started));
        write(line);
    }

    private RecordingWriter(OutputStream out, ClusterRef cluster, Redaction redaction)
            throws IOException {
        this.out = new GZIPOutputStream(out, 64 * 1024);
        this.cluster = cluster;
        this.redaction = redaction;
    }

    /// Adds what a fetch of a repository would see from now on.
    public void git(Instant at, String repository, SortedMap<String, String> refs) {
        ObjectNode line = Json.shared().createObjectNode();
        ObjectNode git = line.putObject("git").put("repository", repository);
        ObjectNode named = git.putObject("refs");
        refs.forEach(named::put);
        append(at, line);
    }

    /// Adds a request that a reconciler sent; the caller has removed its secrets.
    public void hook(Instant at, ObjectNode hook) {
        ObjectNode line = Json.shared().createObjectNode();
        line.set("hook", hook);
        append(at, line);
    }

    /// Adds an audit event without its bodies, which could hold Secrets.
    public void audit(Instant at, ObjectNode event) {
        ObjectNode line = Json.shared().createObjectNode();
        line.set("audit", AuditEvents.withoutBodies(event));
        append(at, line);
    }

    /// How many lines were written, the header among them.
    public synchronized long linesCount() {
        return linesCount;
    }

    /// How many events were left out because their object could not be read.
    public synchronized long leftOutCount() {
        return leftOutCount;
    }

    @Override
    public void change(
            Instant at, ResourceType type, String event, byte[] buffer, int from, int to) {
        ObjectNode object;
        try {
            object = ObjectTree.read(type, buffer, from, to);
        } catch (ObjectTree.Unreadable e) {
            synchronized (this) {
                leftOutCount++;
            }
            return;
        }
        watch(at, type, event, redaction.redact(cluster, object));
    }

    @Override
    public void bookmark(Instant at, ResourceType type, String resourceVersion) {
        watch(at, type, "BOOKMARK", bookmark(type, resourceVersion));
    }

    @Override
    public void listed(Instant at, ResourceType type, String resourceVersion) {
        ObjectNode object = bookmark(type, resourceVersion);
        ((ObjectNode) object.path("metadata"))
                .putObject("annotations")
                .put("k8s.io/initial-events-end", "true");
        watch(at, type, "BOOKMARK", object);
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }

    private static ObjectNode bookmark(ResourceType type, String resourceVersion) {
        ObjectNode object = Json.shared().createObjectNode();
        object.put("kind", type.kind()).put("apiVersion", type.apiVersion());
        object.putObject("metadata").put("resourceVersion", resourceVersion);
        return object;
    }

    private void watch(Instant at, ResourceType type, String event, JsonNode object) {
        ObjectNode line = Json.shared().createObjectNode();
        ObjectNode watch = line.putObject("watch").put("path", type.path()).put("type", event);
        watch.set("object", object);
        append(at, line);
    }

    private synchronized void append(Instant at, ObjectNode content) {
        lastAt = at.isAfter(lastAt) ? at : lastAt;
        ObjectNode line = Json.shared().createObjectNode().put("at", Rfc3339.format(lastAt));
        line.setAll(content);
        try {
            write(line);
        } catch (IOException e) {
            throw new UncheckedIOException("writing the recording", e);
        }
    }

    private synchronized void write(ObjectNode line) throws IOException {
        byte[] bytes =
                Json.shared()
                        .writer()
                        .with(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                        .writeValueAsString(line)
                        .getBytes(StandardCharsets.UTF_8);
        out.write(bytes);
        out.write('\n');
        linesCount++;
    }
}
