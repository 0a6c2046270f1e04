package dev.driftledger.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.model.Json;
import dev.driftledger.model.ResourceType;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Finds out which types a recording holds, by reading it once.
///
/// Whether a type is namespaced is told by the OpenAPI documents where there are any, else by
/// whether one of its objects has a namespace.
final class RecordedTypes {
    private RecordedTypes() {}

    /// By path, sorted.
    ///
    /// @param schemas by document path such as `apis/apps/v1`
    static SortedMap<String, ResourceType> read(
            RecordingReader.Source source, Map<String, JsonNode> schemas) throws IOException {
        TreeMap<String, ResourceType> types = new TreeMap<>();
        try (RecordingReader reader = new RecordingReader(source)) {
            for (RecordingLine line = reader.next(); line != null; line = reader.next()) {
                if (line instanceof RecordingLine.Watch watch) {
                    ResourceType known = types.get(watch.path());
                    if (known == null
                            || (!known.namespaced() && !schemas.containsKey(document(known)))) {
                        types.put(watch.path(), type(watch, schemas));
                    }
                }
            }
        }
        return types;
    }

    /// Such as `apis/apps/v1`.
    private static String document(ResourceType type) {
        return type.group().isEmpty() ? "api/" + type.version() : "apis/" + type.apiVersion();
    }

    private static ResourceType type(RecordingLine.Watch watch, Map<String, JsonNode> schemas)
            throws IOException {
        RecordingLine.Bytes bytes = watch.event();
        JsonNode object = Json.parse(bytes.buffer(), bytes.from(), bytes.to()).path("object");
        String[] parts = watch.path().substring(1).split("/", -1);
        boolean core = parts.length == 3;
        String group = core ? "" : parts[1];
        String version = core ? parts[1] : parts[2];
        String plural = parts[parts.length - 1];
        boolean namespaced =
                object.path("metadata").hasNonNull("namespace")
                        || isNamespaced(watch.path(), plural, schemas);
        return new ResourceType(group, version, object.path("kind").asText(""), plural, namespaced);
    }

    private static boolean isNamespaced(String path, String plural, Map<String, JsonNode> schemas) {
        String root = path.substring(1, path.length() - plural.length() - 1);
        JsonNode schema = schemas.get(root);
        String namespacedPath = "/" + root + "/namespaces/{namespace}/" + plural;
        return schema != null && schema.path("paths").has(namespacedPath);
    }
}
