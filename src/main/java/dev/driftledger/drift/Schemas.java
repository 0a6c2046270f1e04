package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.model.Digest;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// An immutable set of schemas by which kinds are compared.
///
/// Documents are compiled when a kind is first asked for, and sets made from one another by
/// [#with] share what was compiled.
public final class Schemas {
    private static final Schemas EMPTY = new Schemas(new TreeMap<>(), new TreeMap<>());

    private final SortedMap<String, SchemaDocument> documents;
    private final SortedMap<String, SchemaDocument> definitions;
    private final Map<String, Found> kinds = new ConcurrentHashMap<>();

    private Schemas(
            SortedMap<String, SchemaDocument> documents,
            SortedMap<String, SchemaDocument> definitions) {
        this.documents = documents;
        this.definitions = definitions;
    }

    private record Found(@Nullable Shape shape, @Nullable SchemaDocument source) {}

    /// No schema at all: everything is compared by structure.
    public static Schemas empty() {
        return EMPTY;
    }

    /// A set of OpenAPI v3 documents.
    ///
    /// @param documents by path as the server's index spells it, such as `apis/apps/v1`
    public static Schemas of(SortedMap<String, ? extends JsonNode> documents) {
        TreeMap<String, SchemaDocument> parsed = new TreeMap<>();
        documents.forEach((path, document) -> parsed.put(path, new SchemaDocument(document)));
        return new Schemas(parsed, new TreeMap<>());
    }

    /// The same set with one document added or replaced.
    public Schemas with(String path, JsonNode document) {
        TreeMap<String, SchemaDocument> changed = new TreeMap<>(documents);
        changed.put(path, new SchemaDocument(document));
        return new Schemas(changed, definitions);
    }

    /// The same set with the schemas of a CustomResourceDefinition, which win over OpenAPI.
    public Schemas withCrd(JsonNode definition) {
        TreeMap<String, SchemaDocument> changed = new TreeMap<>(definitions);
        changed.put(crdKey(definition), new SchemaDocument(definition));
        return new Schemas(documents, changed);
    }

    /// The same set without the schemas of the definition of that group and kind.
    public Schemas withoutCrd(String group, String kind) {
        TreeMap<String, SchemaDocument> changed = new TreeMap<>(definitions);
        changed.remove(group + "/" + kind);
        return new Schemas(documents, changed);
    }

    /// Digest of the document or definition that tells how this kind is compared; null when there
    /// is none.
    public @Nullable Digest digest(String group, String version, String kind) {
        SchemaDocument source = found(group, version, kind).source();
        return source == null ? null : source.digest();
    }

    /// How objects of a kind are compared; null when no schema tells.
    @Nullable Shape find(String group, String version, String kind) {
        return found(group, version, kind).shape();
    }

    private Found found(String group, String version, String kind) {
        return kinds.computeIfAbsent(
                group + "/" + version + "/" + kind, _ -> search(group, version, kind));
    }

    private Found search(String group, String version, String kind) {
        SchemaDocument definition = definitions.get(group + "/" + kind);
        Shape shape = definition == null ? null : definition.crdVersion(version);
        if (shape != null) {
            return new Found(shape, definition);
        }
        String path = group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
        SchemaDocument document = documents.get(path);
        shape = document == null ? null : document.kind(group, version, kind);
        return shape == null ? new Found(null, null) : new Found(shape, document);
    }

    private static String crdKey(JsonNode definition) {
        JsonNode spec = definition.path("spec");
        return spec.path("group").asText() + "/" + spec.path("names").path("kind").asText();
    }
}
