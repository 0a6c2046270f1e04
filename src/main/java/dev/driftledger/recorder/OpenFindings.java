package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Authors;
import dev.driftledger.drift.Owner;
import dev.driftledger.ledger.Entry;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.ResourceKey;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The findings about fields that are open at a place of a log, told by its entries alone.
final class OpenFindings {
    private final Map<String, SortedMap<String, Stated>> byResource = new HashMap<>();

    /// What a finding said last.
    ///
    /// @param owner without the user, whom no comparison reads
    private record Stated(String path, @Nullable JsonNode live, Owner owner) {}

    /// Takes an entry about a finding. A path may have one of each class: the next one is opened
    /// before the one that it follows is ended.
    ///
    /// @param body the whole of it
    void follow(Entry entry, ObjectNode body) {
        Entry.Subject about = entry.subject();
        String path = body.path("path").asText();
        if (about == null || path.isEmpty()) {
            return;
        }
        ResourceKey key =
                new ResourceKey(about.group(), about.kind(), about.namespace(), about.name());
        String resource = resource(body.path("application").asText(), key);
        String finding = body.path("class").asText() + "\n" + path;
        if (body.path("state").asText().equals("open")) {
            byResource
                    .computeIfAbsent(resource, _ -> new TreeMap<>())
                    .put(finding, new Stated(path, body.get("live"), owner(body.path("owner"))));
        } else {
            byResource.computeIfPresent(resource, (_, open) -> without(open, finding));
        }
    }

    /// Null when none is left.
    private static @Nullable SortedMap<String, Stated> without(
            SortedMap<String, Stated> open, String finding) {
        open.remove(finding);
        return open.isEmpty() ? null : open;
    }

    /// Who wrote the values that are found fault with in a resource.
    ///
    /// @param valueMaxBytes above which entries give a value's digest in its place
    Authors authors(ApplicationId application, ResourceKey key, int valueMaxBytes) {
        SortedMap<String, Stated> open = byResource.get(resource(application.id(), key));
        return open == null
                ? Authors.UNKNOWN
                : (path, live) ->
                        open.values().stream()
                                .filter(stated ->
                                        stated.path().equals(SafeJson.text(path))
                                                && isStated(live, stated.live(), valueMaxBytes))
                                .map(Stated::owner)
                                .findFirst()
                                .orElse(null);
    }

    /// Whether an entry that states this value means that one.
    static boolean isStated(
            @Nullable JsonNode value, @Nullable JsonNode stated, int valueMaxBytes) {
        if (value == null || stated == null) {
            return value == null && stated == null;
        }
        JsonNode cut = SafeJson.cut(value, valueMaxBytes);
        return ObjectBytes.digest(SafeJson.of(cut)).equals(ObjectBytes.digest(stated));
    }

    private static String resource(String application, ResourceKey key) {
        return application + "\n" + key.id();
    }

    private static Owner owner(JsonNode node) {
        return new Owner(
                Owner.Type.valueOf(node.path("type").asText("unknown").toUpperCase(Locale.ROOT)),
                text(node, "manager"),
                text(node, "operation"),
                text(node, "subresource"),
                null,
                null,
                Owner.Evidence.CHANGE);
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.path(name).isTextual() ? node.path(name).textValue() : null;
    }
}
