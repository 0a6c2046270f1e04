package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.driftledger.model.Digest;
import dev.driftledger.model.ObjectBytes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One OpenAPI v3 document or one CustomResourceDefinition, compiled as far as it was asked.
final class SchemaDocument {
    static final SchemaDocument NONE = new SchemaDocument(MissingNode.getInstance());

    private final JsonNode document;
    private final boolean builtIn;
    private final Map<String, Shape> types = new ConcurrentHashMap<>();
    private @Nullable volatile Digest digest;

    SchemaDocument(JsonNode document) {
        this.document = document;
        this.builtIn = holdsBuiltInTypes(document);
    }

    /// Whether the document is one of the server's own groups: it holds types of `io.k8s.api`.
    boolean isBuiltIn() {
        return builtIn;
    }

    Digest digest() {
        Digest known = digest;
        if (known == null) {
            known = ObjectBytes.digest(document);
            digest = known;
        }
        return known;
    }

    /// The shape of a named type; [Shape#ANY] when the document has none of that name.
    Shape type(String name) {
        Shape known = types.get(name);
        if (known != null) {
            return known;
        }
        JsonNode schema = document.path("components").path("schemas").get(name);
        Shape shape = schema == null ? Shape.ANY : Shape.of(this, schema, name);
        types.put(name, shape);
        return shape;
    }

    /// The shape of a kind in an OpenAPI document; null when it is not there.
    @Nullable Shape kind(String group, String version, String kind) {
        String suffix = "." + kind;
        for (Map.Entry<String, JsonNode> e :
                document.path("components").path("schemas").properties()) {
            if (e.getKey().endsWith(suffix)
                    && isOf(e.getValue().path("x-kubernetes-group-version-kind"), group, version)) {
                return type(e.getKey());
            }
        }
        return null;
    }

    /// The shape of one version of a CustomResourceDefinition; null when it has none.
    @Nullable Shape crdVersion(String version) {
        for (JsonNode each : document.path("spec").path("versions")) {
            JsonNode schema = each.path("schema").get("openAPIV3Schema");
            if (schema != null && each.path("name").asText().equals(version)) {
                return Shape.of(this, schema, null);
            }
        }
        return null;
    }

    private static boolean holdsBuiltInTypes(JsonNode document) {
        for (Map.Entry<String, JsonNode> e :
                document.path("components").path("schemas").properties()) {
            if (e.getKey().startsWith("io.k8s.api.") || e.getKey().startsWith("io.k8s.kube-")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOf(JsonNode kinds, String group, String version) {
        for (JsonNode each : kinds) {
            if (each.path("group").asText().equals(group)
                    && each.path("version").asText().equals(version)) {
                return true;
            }
        }
        return false;
    }
}
