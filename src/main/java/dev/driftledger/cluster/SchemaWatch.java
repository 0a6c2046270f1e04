package dev.driftledger.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.Json;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/// Sends every OpenAPI v3 document of a cluster once per content.
final class SchemaWatch {
    private static final Logger LOG = Logger.getLogger(SchemaWatch.class);

    private final ApiServer api;
    private final FeedContext context;
    private final InstantSource clock;
    private final Map<String, String> sent;

    /// @param known by path, the hash of the document recorded last
    SchemaWatch(
            ApiServer api, FeedContext context, InstantSource clock, Map<String, String> known) {
        this.api = api;
        this.context = context;
        this.clock = clock;
        this.sent = new HashMap<>(known);
    }

    /// Reads the index and sends what is new; a document that cannot be read is tried again at the
    /// next call.
    void refresh() throws IOException, InterruptedException, ApiServer.Refused {
        Map<String, JsonNode> documents = new TreeMap<>();
        api.json("/openapi/v3", ApiServer.JSON)
                .path("paths")
                .properties()
                .forEach(e -> documents.put(e.getKey(), e.getValue()));
        for (Map.Entry<String, JsonNode> document : documents.entrySet()) {
            String path = document.getKey();
            String url = document.getValue().path("serverRelativeURL").asText("");
            if (holdsTypes(path) && url.startsWith("/openapi/v3/")) {
                refresh(path, url);
            }
        }
    }

    private void refresh(String path, String url) throws IOException, InterruptedException {
        int at = url.indexOf("hash=");
        String hash = at < 0 ? "" : url.substring(at + "hash=".length());
        if (!hash.isEmpty() && hash.equals(sent.get(path))) {
            return;
        }
        try {
            byte[] bytes = api.bytes(url, ApiServer.JSON);
            JsonNode document = Json.parse(bytes);
            context.outbox()
                    .send(
                            new IntakeRecord.SchemaObserved(
                                    context.cluster(), clock.instant(), path, hash, document),
                            bytes.length);
            sent.put(path, hash);
        } catch (ApiServer.Refused e) {
            LOG.warnf("OpenAPI document refused: path=%s detail=%s", path, e.getMessage());
        }
    }

    private static boolean holdsTypes(String path) {
        return path.matches("api/[^/]+|apis/[^/]+/[^/]+");
    }
}
