package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord.DesiredResource;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.ResourceList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The blob that lists the resources of one revision:
/// `[{resource, apiVersion, digest, file}]`, sorted by resource.
final class RenderedList {
    private RenderedList() {}

    static ArrayNode of(List<DesiredResource> resources) {
        return ResourceList.json(
                resources.stream()
                        .map(r ->
                                new DesiredResource(
                                        r.key(),
                                        r.apiVersion(),
                                        r.digest(),
                                        SafeJson.text(r.file())))
                        .toList());
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
