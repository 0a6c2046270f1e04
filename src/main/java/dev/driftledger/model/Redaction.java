package dev.driftledger.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Replaces confidential values of objects by keyed fingerprints, before anything else sees them.
///
/// A fingerprint is `hmac-sha256:<key id>:<hex>` over cluster uid, namespace, name, key and value:
/// equal values in equal places can be told to be equal, and nothing else can be told. It covers
/// every value of a Secret, the copies that appliers leave in annotations, Secrets inside of lists,
/// and configured paths of other kinds. Names of keys stay readable. Where a shape is not
/// understood the value goes, not the protection. It never throws for any tree.
public final class Redaction {
    /// What stands in place of a copy in an annotation that could not be read.
    public static final String UNREADABLE = "redacted: not a readable object";

    private static final int COPIES_DEPTH_MAX = 2;
    private static final Set<String> COPIES =
            Set.of(
                    "kubectl.kubernetes.io/last-applied-configuration",
                    "kapp.k14s.io/original",
                    "objectset.rio.cattle.io/applied",
                    "banzaicloud.com/last-applied");

    private final Fingerprint fingerprint;
    private final SecretContent secrets;
    private final List<ConfidentialPath> paths;

    /// Redacts Secrets only.
    ///
    /// @param keyId names the key in every fingerprint, 1 to 64 of `[0-9A-Za-z._-]`
    /// @param hmacKey at least 32 bytes
    public Redaction(String keyId, byte[] hmacKey) {
        this(keyId, hmacKey, List.of());
    }

    /// Redacts Secrets and what stands at the given paths.
    ///
    /// @param paths each `group/kind:/json/pointer`, for the core group `/kind:/json/pointer`; `*`
    ///     as a part means every key or item
    /// @throws IllegalArgumentException naming the path or key that has the wrong shape
    public Redaction(String keyId, byte[] hmacKey, List<String> paths) {
        this.fingerprint = new Fingerprint(keyId, hmacKey);
        this.secrets = new SecretContent(fingerprint);
        this.paths = paths.stream().map(ConfidentialPath::parse).toList();
    }

    /// A redacted copy, or the same instance when nothing in it is confidential.
    ///
    /// The object's namespace is part of the fingerprints: fill it in first. An object that was
    /// redacted with the same key id already comes back as it is.
    public ObjectNode redact(ClusterRef cluster, ObjectNode object) {
        if (!mayHoldSecrets(object)) {
            return object;
        }
        ObjectNode copy = object.deepCopy();
        return redactTree(cluster, copy, false) ? copy : object;
    }

    private boolean mayHoldSecrets(ObjectNode object) {
        return isList(object) || isSecret(object) || !pathsOf(object).isEmpty();
    }

    private boolean redactTree(ClusterRef cluster, ObjectNode object, boolean secretByList) {
        if (isList(object)) {
            boolean ofSecrets = text(object, "kind").equalsIgnoreCase("SecretList");
            boolean changed = false;
            for (JsonNode item : object.path("items")) {
                if (item instanceof ObjectNode child) {
                    changed |= redactTree(cluster, child, ofSecrets);
                }
            }
            return changed;
        }
        Scope scope =
                new Scope(
                        cluster.uid(),
                        text(object.path("metadata"), "namespace"),
                        text(object.path("metadata"), "name"),
                        secretByList || isSecret(object),
                        pathsOf(object));
        return redactObject(scope, object, 0);
    }

    private boolean redactObject(Scope scope, ObjectNode object, int depth) {
        boolean changed = scope.secret && secrets.redact(scope.place(), object);
        for (ConfidentialPath path : scope.paths) {
            changed |= path.replace(object, (place, value) -> masked(scope, place, value));
        }
        if (object.path("metadata").path("annotations") instanceof ObjectNode annotations
                && (scope.secret || !scope.paths.isEmpty())) {
            changed |= redactCopies(scope, annotations, depth);
        }
        return changed;
    }

    private boolean redactCopies(Scope scope, ObjectNode annotations, int depth) {
        boolean changed = false;
        for (String name : COPIES) {
            JsonNode copy = annotations.get(name);
            if (copy == null || copy.isNull()) {
                continue;
            }
            String redacted = redactedCopy(scope, copy, depth);
            if (!redacted.equals(copy.textValue())) {
                annotations.put(name, redacted);
                changed = true;
            }
        }
        return changed;
    }

    private String redactedCopy(Scope scope, JsonNode copy, int depth) {
        try {
            if (copy.isTextual()
                    && depth < COPIES_DEPTH_MAX
                    && Json.parse(copy.textValue().getBytes(StandardCharsets.UTF_8))
                            instanceof ObjectNode object) {
                return redactObject(scope, object, depth + 1)
                        ? new String(ObjectBytes.of(object), StandardCharsets.UTF_8)
                        : copy.textValue();
            }
        } catch (IOException e) {
            return UNREADABLE;
        }
        return UNREADABLE;
    }

    private JsonNode masked(Scope scope, String place, JsonNode value) {
        if (value.isNull() || (value.isTextual() && fingerprint.isOne(value.textValue()))) {
            return value;
        }
        List<String> where = new ArrayList<>(scope.place());
        where.set(0, "path");
        where.add(place);
        where.add(value.isTextual() ? "text" : "json");
        byte[] bytes =
                value.isTextual()
                        ? value.textValue().getBytes(StandardCharsets.UTF_8)
                        : ObjectBytes.of(value);
        return TextNode.valueOf(fingerprint.of(where, bytes));
    }

    private List<ConfidentialPath> pathsOf(ObjectNode object) {
        String apiVersion = text(object, "apiVersion");
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        String kind = text(object, "kind");
        return paths.stream().filter(path -> path.matches(group, kind)).toList();
    }

    private static boolean isSecret(ObjectNode object) {
        return text(object, "kind").equalsIgnoreCase("Secret")
                && text(object, "apiVersion").indexOf('/') < 0;
    }

    private static boolean isList(ObjectNode object) {
        return text(object, "kind").endsWith("List") && object.path("items").isArray();
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }

    /// What the fingerprints of one object are bound to, and what of it is confidential.
    private record Scope(
            String clusterUid,
            String namespace,
            String name,
            boolean secret,
            List<ConfidentialPath> paths) {

        List<String> place() {
            return List.of("secret", clusterUid, namespace, name);
        }
    }
}
