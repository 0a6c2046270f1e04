package dev.driftledger.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// One kind that an API server serves, as discovery tells.
///
/// @param verbs what can be done with it: `create`, `get`, `list`, …
public record ServedKind(
        String group,
        String version,
        String kind,
        String plural,
        boolean namespaced,
        Set<String> verbs) {

    /// All of them, without subresources; groups that do not answer are left out.
    public static List<ServedKind> all(ApiClient client) {
        List<ServedKind> kinds = new ArrayList<>();
        collect(client, "", "v1", kinds);
        for (JsonNode group : client.get("/apis").object().path("groups")) {
            for (JsonNode version : group.path("versions")) {
                collect(
                        client,
                        group.path("name").asText(),
                        version.path("version").asText(),
                        kinds);
            }
        }
        return kinds;
    }

    private static void collect(
            ApiClient client, String group, String version, List<ServedKind> kinds) {
        for (JsonNode each : client.get(root(group, version)).body().path("resources")) {
            if (!each.path("name").asText().contains("/")) {
                Set<String> verbs = new TreeSet<>();
                each.path("verbs").forEach(v -> verbs.add(v.asText()));
                kinds.add(
                        new ServedKind(
                                group,
                                version,
                                each.path("kind").asText(),
                                each.path("name").asText(),
                                each.path("namespaced").asBoolean(),
                                verbs));
            }
        }
    }

    private static String root(String group, String version) {
        return group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
    }

    /// `apps/v1 Deployment`.
    public String id() {
        return apiVersion() + " " + kind;
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    public boolean isOf(ObjectNode object) {
        return object.path("apiVersion").asText().equals(apiVersion())
                && object.path("kind").asText().equals(kind);
    }

    /// The path of the collection in a namespace, which a cluster-scoped kind leaves out.
    public String collection(String namespace) {
        String at = namespaced ? "/namespaces/" + namespace : "";
        return root(group, version) + at + "/" + plural;
    }

    public String path(String namespace, String name) {
        return collection(namespace) + "/" + name;
    }
}
