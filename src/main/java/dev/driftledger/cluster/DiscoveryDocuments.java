package dev.driftledger.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.model.IntakeRecord.Excluded;
import dev.driftledger.model.ResourceType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Gathers types from discovery documents: of every resource the first version that serves it, in
/// the server's order of preference.
final class DiscoveryDocuments {
    private final Exclusions exclusions;
    private final Map<String, ResourceType> watched = new LinkedHashMap<>();
    private final TreeMap<String, Excluded> excluded = new TreeMap<>();
    private final TreeSet<String> staleGroups = new TreeSet<>();

    DiscoveryDocuments(Exclusions exclusions) {
        this.exclusions = exclusions;
    }

    /// Takes an `APIGroupDiscoveryList`.
    void addAggregated(JsonNode list) {
        for (JsonNode group : list.path("items")) {
            String name = group.path("metadata").path("name").asText("");
            for (JsonNode version : group.path("versions")) {
                if (version.path("freshness").asText("").equals("Stale")) {
                    staleGroups.add(name);
                }
                for (JsonNode resource : version.path("resources")) {
                    add(
                            new ResourceType(
                                    name,
                                    version.path("version").asText(""),
                                    resource.path("responseKind").path("kind").asText(""),
                                    resource.path("resource").asText(""),
                                    resource.path("scope").asText("").equals("Namespaced")),
                            resource.path("verbs"));
                }
            }
        }
    }

    /// Takes an `APIResourceList` of one group version.
    void addResourceList(String group, String version, JsonNode list) {
        for (JsonNode resource : list.path("resources")) {
            String plural = resource.path("name").asText("");
            if (!plural.contains("/")) {
                add(
                        new ResourceType(
                                group,
                                version,
                                resource.path("kind").asText(""),
                                plural,
                                resource.path("namespaced").asBoolean(false)),
                        resource.path("verbs"));
            }
        }
    }

    /// Marks a group as unknown for now.
    void addStale(String group) {
        staleGroups.add(group);
    }

    /// All that was gathered.
    Discovery.Found found() {
        List<ResourceType> types = new ArrayList<>(watched.values());
        types.sort(null);
        excluded.keySet().removeAll(watched.keySet());
        return new Discovery.Found(types, List.copyOf(excluded.values()), List.copyOf(staleGroups));
    }

    private void add(ResourceType type, JsonNode verbs) {
        if (!isPlain(type.plural())
                || !isPlain(type.version())
                || type.kind().isEmpty()
                || !type.group().matches("[a-z0-9.-]*")
                || !has(verbs, "list")) {
            return;
        }
        String id = type.plural() + "." + type.group();
        String reason = reasonAgainst(type, verbs);
        if (reason == null) {
            watched.putIfAbsent(id, type);
        } else {
            excluded.putIfAbsent(id, new Excluded(type.group(), type.plural(), reason));
        }
    }

    private @Nullable String reasonAgainst(ResourceType type, JsonNode verbs) {
        String reason = exclusions.reason(type);
        return reason == null && !has(verbs, "watch") ? "cannot be watched" : reason;
    }

    private static boolean isPlain(String part) {
        return part.matches("[a-z0-9][a-z0-9.-]{0,252}");
    }

    private static boolean has(JsonNode verbs, String verb) {
        for (JsonNode one : verbs) {
            if (one.asText("").equals(verb)) {
                return true;
            }
        }
        return false;
    }
}
