package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.Json;
import dev.driftledger.testkit.Manifests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The extract of the recording `shop` under `src/test/resources/drift/shop`.
final class ShopObjects {
    private final List<JsonNode> events = new ArrayList<>();

    ShopObjects() {
        try (InputStream in = new GZIPInputStream(open("watch.jsonl.gz"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                events.add(Json.shared().readTree(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<ObjectNode> desired(String application) {
        try (InputStream in = open("desired/" + application + ".yaml")) {
            return Manifests.all(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode desired(String application, String kind) {
        return desired(application).stream()
                .filter(o -> o.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    /// The version of the live object that is the same as this one, seen last at that time of the
    /// day (UTC); null when it was not there.
    @Nullable ObjectNode live(ObjectNode like, String time) {
        List<ObjectNode> seen = versions(like, time);
        return seen.isEmpty() ? null : seen.getLast();
    }

    /// Every version up to that time, oldest first.
    List<ObjectNode> versions(ObjectNode like, String time) {
        List<ObjectNode> seen = new ArrayList<>();
        for (JsonNode each : events) {
            JsonNode object = each.path("object");
            if (each.path("at").asText().substring(11).compareTo(time) <= 0
                    && object.path("kind").equals(like.path("kind"))
                    && name(object).equals(name(like))
                    && object instanceof ObjectNode live) {
                if (each.path("type").asText().equals("DELETED")) {
                    seen.clear();
                } else {
                    seen.add(live);
                }
            }
        }
        return seen;
    }

    private static String name(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return metadata.path("namespace").asText() + "/" + metadata.path("name").asText();
    }

    private static InputStream open(String file) {
        InputStream in = ShopObjects.class.getResourceAsStream("/drift/shop/" + file);
        if (in == null) {
            throw new IllegalStateException(file + " is missing");
        }
        return in;
    }
}
