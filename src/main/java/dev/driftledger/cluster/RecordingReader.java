package dev.driftledger.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.cluster.JsonCursor.BrokenJson;
import dev.driftledger.model.Json;
import dev.driftledger.model.Rfc3339;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Reads a recording line by line, gzipped or plain; never more than one line is in memory.
public final class RecordingReader implements AutoCloseable {
    /// Part of the format (docs/reference/recordings.md): five times what etcd takes in an object.
    private static final int LINE_BYTES_MAX = 8 * 1024 * 1024;

    private static final byte[] AT = "at".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WATCH = "watch".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PATH = "path".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;
    private final JsonCursor cursor = new JsonCursor();
    private final byte[] chunk = new byte[64 * 1024];
    private byte[] line = new byte[64 * 1024];
    private int chunkAt;
    private int chunkEnd;
    private long lineNumber;

    /// Where a recording can be read from, more than once.
    public interface Source {
        /// A fresh stream from the start.
        InputStream open() throws IOException;

        /// A file, gzipped or plain.
        static Source ofFile(Path file) {
            return () -> Files.newInputStream(file);
        }
    }

    /// The recording does not have the shape it must have.
    public static final class BrokenRecording extends IOException {
        private static final long serialVersionUID = 1;

        BrokenRecording(long lineNumber, String problem) {
            super("recording, line " + lineNumber + ": " + problem);
        }
    }

    /// Opens a recording; nothing is read but its first two bytes.
    public RecordingReader(Source source) throws IOException {
        BufferedInputStream raw = new BufferedInputStream(source.open());
        raw.mark(2);
        boolean zipped = raw.read() == 0x1f && raw.read() == 0x8b;
        raw.reset();
        this.in = zipped ? new GZIPInputStream(raw, 64 * 1024) : raw;
    }

    /// The next line; null at the end.
    ///
    /// @throws BrokenRecording naming the line and what is wrong with it
    public @Nullable RecordingLine next() throws IOException {
        int size = readLine();
        if (size < 0) {
            return null;
        }
        lineNumber++;
        try {
            RecordingLine watch = lineNumber == 1 ? null : watch(size);
            return watch == null ? other(size) : watch;
        } catch (BrokenJson | IllegalArgumentException e) {
            throw new BrokenRecording(lineNumber, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private @Nullable RecordingLine watch(int size) throws BrokenJson {
        cursor.reset(line, 0, size);
        cursor.enter('{');
        Instant at = null;
        String path = null;
        int from = -1;
        int to = -1;
        while (cursor.nextMember()) {
            if (cursor.keyIs(AT)) {
                at = Rfc3339.parse(cursor.text());
            } else if (cursor.keyIs(WATCH)) {
                from = cursor.position();
                path = path(cursor);
                to = cursor.position();
            } else {
                cursor.skip();
            }
        }
        if (path == null || at == null) {
            return null;
        }
        return new RecordingLine.Watch(at, path, new RecordingLine.Bytes(line, from, to));
    }

    private static String path(JsonCursor cursor) throws BrokenJson {
        String path = "";
        cursor.enter('{');
        while (cursor.nextMember()) {
            if (cursor.keyIs(PATH)) {
                path = cursor.text();
            } else {
                cursor.skip();
            }
        }
        if (!path.matches("/api/[^/]+/[^/]+|/apis/[^/]+/[^/]+/[^/]+")) {
            throw new IllegalArgumentException(
                    "watch.path must be /api/<version>/<plural> or"
                            + " /apis/<group>/<version>/<plural>, got '"
                            + path
                            + "'");
        }
        return path;
    }

    private RecordingLine other(int size) throws IOException {
        JsonNode node;
        try {
            node = Json.parse(Arrays.copyOf(line, size));
        } catch (IOException e) {
            throw new BrokenRecording(lineNumber, "is no JSON: " + e.getMessage());
        }
        if (lineNumber == 1) {
            return header(node.path("header"));
        }
        Instant at = Rfc3339.parse(node.path("at").asText(""));
        if (node.has("git")) {
            TreeMap<String, String> refs = new TreeMap<>();
            node.at("/git/refs")
                    .properties()
                    .forEach(ref -> refs.put(ref.getKey(), ref.getValue().asText()));
            return new RecordingLine.Git(at, node.at("/git/repository").asText(), refs);
        }
        if (node.has("hook")) {
            return hook(at, node.path("hook"));
        }
        if (node.has("audit")) {
            return new RecordingLine.Audit(at, node.path("audit"));
        }
        throw new BrokenRecording(lineNumber, "has none of watch, git, hook, audit");
    }

    private RecordingLine header(JsonNode header) throws BrokenRecording {
        String format = header.path("format").asText("");
        if (!format.equals(RecordingLine.FORMAT)) {
            throw new BrokenRecording(
                    lineNumber,
                    "header.format must be " + RecordingLine.FORMAT + ", got '" + format + "'");
        }
        return new RecordingLine.Header(
                header.path("cluster").asText(""),
                header.path("kubernetes").asText("unknown"),
                Rfc3339.parse(header.path("started").asText("")));
    }

    private static RecordingLine hook(Instant at, JsonNode hook) {
        List<List<String>> headers = new ArrayList<>();
        for (JsonNode pair : hook.path("headers")) {
            headers.add(List.of(pair.path(0).asText(""), pair.path(1).asText("")));
        }
        return new RecordingLine.Hook(
                at,
                hook.path("method").asText(""),
                hook.path("path").asText(""),
                List.copyOf(headers),
                hook.path("body").asText(""));
    }

    private int readLine() throws IOException {
        int size = 0;
        while (true) {
            if (chunkAt == chunkEnd) {
                chunkAt = 0;
                chunkEnd = Math.max(0, in.read(chunk));
                if (chunkEnd == 0) {
                    return size == 0 ? -1 : size;
                }
            }
            int newline = chunkAt;
            while (newline < chunkEnd && chunk[newline] != '\n') {
                newline++;
            }
            size = append(size, newline);
            if (newline < chunkEnd) {
                chunkAt = newline + 1;
                return size;
            }
            chunkAt = chunkEnd;
        }
    }

    private int append(int size, int to) throws BrokenRecording {
        int more = to - chunkAt;
        if (size + more > LINE_BYTES_MAX) {
            throw new BrokenRecording(lineNumber + 1, "has more than " + LINE_BYTES_MAX + " bytes");
        }
        if (size + more > line.length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, size + more));
        }
        System.arraycopy(chunk, chunkAt, line, size, more);
        return size + more;
    }
}
