package dev.driftledger.drift.rules;

import com.fasterxml.jackson.databind.JsonNode;

/// Group and kind of objects, as rules name them.
final class Kinds {
    private Kinds() {}

    /// `apps/Deployment`, `/Service`.
    static String of(JsonNode object) {
        return group(object) + "/" + kind(object);
    }

    static String group(JsonNode object) {
        String api = object.path("apiVersion").asText();
        int slash = api.indexOf('/');
        return slash < 0 ? "" : api.substring(0, slash);
    }

    static String version(JsonNode object) {
        String api = object.path("apiVersion").asText();
        return api.substring(api.indexOf('/') + 1);
    }

    static String kind(JsonNode object) {
        return object.path("kind").asText();
    }

    static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    static String namespace(JsonNode object) {
        return object.path("metadata").path("namespace").asText();
    }
}
