package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;

/// Group, version and kind of an object.
record Gvk(String group, String version, String kind) {
    static Gvk of(JsonNode object) {
        String api = object.path("apiVersion").asText();
        int slash = api.indexOf('/');
        return new Gvk(
                slash < 0 ? "" : api.substring(0, slash),
                api.substring(slash + 1),
                object.path("kind").asText());
    }

    /// `apps/Deployment`, `Service`.
    String display() {
        return group.isEmpty() ? kind : group + "/" + kind;
    }
}
