package dev.driftledger.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.model.IntakeRecord.Excluded;
import dev.driftledger.model.ResourceType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Asks an API server which types it serves.
final class Discovery {
    private static final String AGGREGATED =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
                    + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
                    + "application/json";

    private final ApiServer api;
    private final Exclusions exclusions;

    /// What is to be watched.
    ///
    /// @param watched sorted by path
    /// @param excluded sorted by group and plural
    /// @param staleGroups groups of which the server itself does not know the present state
    record Found(List<ResourceType> watched, List<Excluded> excluded, List<String> staleGroups) {}

    Discovery(ApiServer api, Exclusions exclusions) {
        this.api = api;
        this.exclusions = exclusions;
    }

    /// Whether a change of an object of this type may change what types there are.
    static boolean definesTypes(ResourceType type) {
        return switch (type.group() + "/" + type.kind()) {
            case "apiextensions.k8s.io/CustomResourceDefinition",
                    "apiregistration.k8s.io/APIService" ->
                    true;
            default -> false;
        };
    }

    /// Discovers all types, aggregated where the server can.
    Found discover() throws IOException, InterruptedException, ApiServer.Refused {
        DiscoveryDocuments documents = new DiscoveryDocuments(exclusions);
        JsonNode core = api.json("/api", AGGREGATED);
        if (core.path("kind").asText("").equals("APIGroupDiscoveryList")) {
            documents.addAggregated(core);
        } else {
            for (JsonNode version : core.path("versions")) {
                addResources(documents, "", List.of(version.asText("")));
            }
        }
        JsonNode groups = api.json("/apis", AGGREGATED);
        if (groups.path("kind").asText("").equals("APIGroupDiscoveryList")) {
            documents.addAggregated(groups);
        } else {
            for (JsonNode group : groups.path("groups")) {
                addResources(documents, group.path("name").asText(""), versions(group));
            }
        }
        return documents.found();
    }

    private void addResources(DiscoveryDocuments documents, String group, List<String> versions)
            throws IOException, InterruptedException {
        for (String version : versions) {
            String path = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
            try {
                documents.addResourceList(group, version, api.json(path, ApiServer.JSON));
            } catch (ApiServer.Refused e) {
                documents.addStale(group);
            }
        }
    }

    private static List<String> versions(JsonNode group) {
        List<String> versions = new ArrayList<>();
        String preferred = group.path("preferredVersion").path("version").asText("");
        if (!preferred.isEmpty()) {
            versions.add(preferred);
        }
        for (JsonNode version : group.path("versions")) {
            String name = version.path("version").asText("");
            if (!name.isEmpty() && !versions.contains(name)) {
                versions.add(name);
            }
        }
        return versions;
    }
}
