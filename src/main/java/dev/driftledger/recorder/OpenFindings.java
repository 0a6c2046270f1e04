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
import org.jspecify.annotations.Nullable;

/// The findings about fields that are open at a place of a log, told by its entries alone.
final class OpenFindings {
    private final Map<String, Map<String, Stated>> byResource = new HashMap<>();

    /// What a finding said last.
    ///
    /// @param owner without the user, whom no comparison reads
    private record Stated(@Nullable JsonNode live, Owner owner) {}

    /// Takes an entry about a finding.
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
        Map<String, Stated> paths =
                byResource.computeIfAbsent(
                        resource(body.path("application").asText(), key), _ -> new HashMap<>());
        if (body.path("state").asText().equals("open")) {
            paths.put(path, new Stated(body.get("live"), owner(body.path("owner"))));
        } else {
            paths.remove(path);
        }
    }

    /// Who wrote the values that are found fault with in a resource.
    ///
    /// @param valueMaxBytes above which entries give a value's digest in its place
    Authors authors(ApplicationId application, ResourceKey key, int valueMaxBytes) {
        Map<String, Stated> paths = byResource.get(resource(application.id(), key));
        return paths == null
                ? Authors.UNKNOWN
                : (path, live) -> {
                    Stated stated = paths.get(SafeJson.text(path));
                    return stated != null && isStated(live, stated.live(), valueMaxBytes)
                            ? stated.owner()
                            : null;
                };
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
