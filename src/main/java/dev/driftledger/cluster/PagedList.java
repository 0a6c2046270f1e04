package dev.driftledger.cluster;

import dev.driftledger.cluster.ListFrames.Envelope;
import dev.driftledger.model.ResourceType;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Lists all objects of a type page by page, all pages of one version.
final class PagedList {
    private final WatchContext context;
    private final ResourceType type;

    PagedList(WatchContext context, ResourceType type) {
        this.context = context;
        this.type = type;
    }

    /// Streams every item to the lines.
    ///
    /// @param versionKnown told the list's version after its first page
    /// @return the version of the list
    /// @throws ApiServer.Refused also when the server forgot the list between two pages (410)
    String read(LineFrames.Lines lines, Consumer<String> versionKnown)
            throws IOException, InterruptedException, ApiServer.Refused {
        String token = "";
        String version = "";
        do {
            Envelope envelope = page(token, lines);
            if (version.isEmpty()) {
                version = envelope.resourceVersion();
                versionKnown.accept(version);
            }
            token = envelope.continueToken();
        } while (!token.isEmpty());
        if (version.isEmpty()) {
            throw new IOException("list of " + type.path() + " names no resourceVersion");
        }
        return version;
    }

    private Envelope page(String token, LineFrames.Lines lines)
            throws IOException, InterruptedException, ApiServer.Refused {
        String query = "?limit=" + context.settings().listPageCount();
        if (!token.isEmpty()) {
            query += "&continue=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        }
        ListFrames frames = new ListFrames(context.settings().objectBytesMax());
        try (ByteStream stream = context.api().open(type.path() + query, ApiServer.JSON)) {
            while (true) {
                ByteBuffer chunk = stream.next(context.settings().times().deadAfter());
                if (chunk == null) {
                    throw new IOException("list of " + type.path() + " stood still");
                }
                frames.feed(chunk, lines);
            }
        } catch (ByteStream.EndOfStream e) {
            return frames.envelope();
        }
    }
}
