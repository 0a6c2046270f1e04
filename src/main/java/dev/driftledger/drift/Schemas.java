package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.model.Digest;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// An immutable set of schemas by which kinds are compared.
public final class Schemas {
    private Schemas() {}

    /// No schema at all: everything is compared by structure.
    public static Schemas empty() {
        return new Schemas();
    }

    /// @param documents OpenAPI v3 documents by path as the server's index spells it, such as
    ///     `apis/apps/v1`
    public static Schemas of(SortedMap<String, JsonNode> documents) {
        return new Schemas();
    }

    /// The same set with one document added or replaced.
    public Schemas with(String path, JsonNode document) {
        return this;
    }

    /// The same set with the schemas of a CustomResourceDefinition, which win over OpenAPI.
    public Schemas withCrd(JsonNode definition) {
        return this;
    }

    /// The same set without the schemas of that definition (`metadata.name`).
    public Schemas withoutCrd(String name) {
        return this;
    }

    /// Digest of the document or definition that tells how this kind is compared; null when there
    /// is none.
    public @Nullable Digest digest(String group, String version, String kind) {
        return null;
    }
}
