package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.Digest;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads what the recorder itself wants to know of an object; tolerant of any JSON.
final class Contents {
    private static final int NAMES_MAX = 32;

    private Contents() {}

    /// The key under which an object of the type is known.
    ///
    /// @throws RefusedException when the object has no name
    static ResourceKey key(ResourceType type, ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        String name = metadata.path("name").asText();
        if (name.isEmpty()) {
            throw new RefusedException("metadata.name is absent");
        }
        return new ResourceKey(
                type.group(), type.kind(), metadata.path("namespace").asText(), name);
    }

    /// Whether anything but bookkeeping differs: not only who owns what since when.
    static boolean differs(ObjectNode previous, ObjectNode live) {
        return !unowned(previous).equals(unowned(live));
    }

    private static ObjectNode unowned(ObjectNode object) {
        ObjectNode copy = object.objectNode();
        copy.setAll(object);
        copy.remove("status");
        if (object.get("metadata") instanceof ObjectNode metadata) {
            ObjectNode slim = metadata.objectNode();
            slim.setAll(metadata);
            slim.remove(List.of("resourceVersion", "generation", "managedFields"));
            copy.set("metadata", slim);
        }
        return copy;
    }

    /// Digest of what comparison reads: all but status, resourceVersion, generation and the times
    /// of field managers.
    static Digest comparable(ObjectNode object) {
        ObjectNode copy = object.objectNode();
        copy.setAll(object);
        copy.remove("status");
        if (object.get("metadata") instanceof ObjectNode metadata) {
            ObjectNode slim = metadata.objectNode();
            slim.setAll(metadata);
            slim.remove(List.of("resourceVersion", "generation"));
            if (metadata.get("managedFields") instanceof ArrayNode entries) {
                slim.set("managedFields", timeless(entries));
            }
            copy.set("metadata", slim);
        }
        return ObjectBytes.digest(copy);
    }

    private static ArrayNode timeless(ArrayNode entries) {
        ArrayNode slim = entries.arrayNode(entries.size());
        for (JsonNode entry : entries) {
            if (entry instanceof ObjectNode fields) {
                if (!"status".equals(fields.path("subresource").asText())) {
                    ObjectNode copy = fields.objectNode();
                    copy.setAll(fields);
                    copy.remove("time");
                    slim.add(copy);
                }
            } else {
                slim.add(entry);
            }
        }
        return slim;
    }

    /// The names of the field managers, sorted, at most 32.
    static SortedSet<String> managers(ObjectNode object) {
        SortedSet<String> names = new TreeSet<>();
        for (JsonNode entry : object.path("metadata").path("managedFields")) {
            if (names.size() < NAMES_MAX && entry.path("manager").isTextual()) {
                names.add(entry.path("manager").textValue());
            }
        }
        return names;
    }

    /// The owner that controls the object; null when none does.
    static @Nullable ResourceKey controller(ResourceKey key, ObjectNode object) {
        for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean() && !owner.path("name").asText().isEmpty()) {
                return new ResourceKey(
                        group(owner.path("apiVersion").asText()),
                        owner.path("kind").asText(),
                        key.namespace(),
                        owner.path("name").asText());
            }
        }
        return null;
    }

    /// What an autoscaler scales; null for everything else.
    static @Nullable ResourceKey target(ResourceKey key, ObjectNode object) {
        JsonNode reference = object.path("spec").path("scaleTargetRef");
        if (!key.kind().equals("HorizontalPodAutoscaler") || !reference.isObject()) {
            return null;
        }
        return new ResourceKey(
                group(reference.path("apiVersion").asText()),
                reference.path("kind").asText(),
                key.namespace(),
                reference.path("name").asText());
    }

    static String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    static String version(String apiVersion) {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }

    /// The digests `sha256:<hex>` of the images that a Pod runs, sorted; empty for other kinds.
    static List<String> images(ResourceKey key, ObjectNode object) {
        if (!key.group().isEmpty() || !key.kind().equals("Pod")) {
            return List.of();
        }
        SortedSet<String> digests = new TreeSet<>();
        for (String list :
                List.of(
                        "containerStatuses",
                        "initContainerStatuses",
                        "ephemeralContainerStatuses")) {
            for (JsonNode status : object.path("status").path(list)) {
                String image = status.path("imageID").asText();
                int at = image.lastIndexOf("sha256:");
                if (at >= 0 && image.length() == at + 71) {
                    digests.add(image.substring(at));
                }
            }
        }
        return new ArrayList<>(digests);
    }

    /// Whether somebody wrote the object itself, not its status, between two observations.
    static boolean written(ObjectNode previous, ObjectNode live) {
        for (JsonNode entry : live.path("metadata").path("managedFields")) {
            if (!entry.path("subresource").asText().equals("status")
                    && Arrival.wrote(previous, entry)) {
                return true;
            }
        }
        return false;
    }
}
