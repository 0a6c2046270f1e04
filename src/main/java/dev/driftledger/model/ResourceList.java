package dev.driftledger.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.driftledger.model.IntakeRecord.DesiredResource;
import java.util.ArrayList;
import java.util.List;

/// The resources of a revision, or a part of them, as blobs hold them:
/// `[{resource, apiVersion, digest, file}]`, in the form of [ObjectBytes].
public final class ResourceList {
    private ResourceList() {}

    /// The resources as JSON, in their order.
    public static ArrayNode json(List<DesiredResource> resources) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode(resources.size());
        for (DesiredResource resource : resources) {
            list.addObject()
                    .put("resource", resource.key().id())
                    .put("apiVersion", resource.apiVersion())
                    .put("digest", resource.digest().hex())
                    .put("file", resource.file());
        }
        return list;
    }

    /// SHA-256 of the resources' JSON.
    public static Digest digest(List<DesiredResource> resources) {
        return ObjectBytes.digest(json(resources));
    }

    /// Reads what [#json(List)] wrote.
    ///
    /// @throws IllegalArgumentException when an id or a digest in it is none
    public static List<DesiredResource> read(JsonNode list) {
        List<DesiredResource> resources = new ArrayList<>(list.size());
        for (JsonNode row : list) {
            resources.add(
                    new DesiredResource(
                            ResourceKey.ofId(row.path("resource").asText()),
                            row.path("apiVersion").asText(),
                            Digest.ofHex(row.path("digest").asText()),
                            row.path("file").asText()));
        }
        return resources;
    }
}
