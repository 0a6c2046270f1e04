package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord.DesiredResource;
import dev.driftledger.model.ResourceKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The blob that lists the resources of one revision:
/// `[{resource, apiVersion, digest, file}]`, sorted by resource.
final class RenderedList {
    private RenderedList() {}

    static ArrayNode of(List<DesiredResource> resources) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode(resources.size());
        for (DesiredResource resource : resources) {
            list.addObject()
                    .put("resource", resource.key().id())
                    .put("apiVersion", resource.apiVersion())
                    .put("digest", resource.digest().hex())
                    .put("file", SafeJson.text(resource.file()));
        }
        return list;
    }

    /// What the list wants the resource to be; null when it does not name it or is not there.
    static @Nullable Digest digest(Draft draft, Digest list, ResourceKey key) {
        JsonNode rows = draft.json(list);
        if (rows == null) {
            return null;
        }
        String id = key.id();
        for (JsonNode row : rows) {
            if (row.path("resource").asText().equals(id)) {
                return Digest.ofHex(row.path("digest").asText());
            }
        }
        return null;
    }
}
