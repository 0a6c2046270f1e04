package dev.driftledger.desired;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.desired.yaml.KubernetesYaml;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Redaction;
import dev.driftledger.model.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The objects of one local file, YAML or JSON, lists taken apart, each with its place in the file.
///
/// What cannot be read is a [Flaw]; the rest of the file still counts.
public final class LocalManifests {
    /// Stands for the cluster to which fingerprints of confidential values are bound.
    private static final ClusterRef NOWHERE = new ClusterRef("offline", "offline");

    private static final String NEEDS =
            "; every document needs apiVersion, kind and metadata.name, or is a List of such";

    private final String file;
    private final ManifestFile content;

    private LocalManifests(String file, ManifestFile content) {
        this.file = file;
        this.content = content;
    }

    /// One object and where it stands.
    ///
    /// @param document number in the file, from 1
    /// @param object redacted, its namespace filled in
    public record Located(String file, int document, ObjectNode object) {}

    /// What could not be read.
    ///
    /// @param document number in the file, from 1; 0 for the file as a whole
    /// @param message names the field, the shape that is there and the one that is wanted
    public record Flaw(String file, int document, String message) {
        /// On one line: `live.yaml, document 3: …`.
        public String words() {
            return file + (document == 0 ? "" : ", document " + document) + ": " + message;
        }
    }

    /// Where objects belong and what of them is hidden.
    ///
    /// @param namespace of objects that name none and need one
    /// @param definitions CustomResourceDefinitions, which say what kinds need none
    public record Placing(
            String namespace, Collection<ObjectNode> definitions, Redaction redaction) {}

    /// The objects of a file by identity, which has no version.
    ///
    /// @param repeated identities that stand more than once, in order; the last one counts
    public record Keyed(SortedMap<ResourceKey, Located> objects, List<Flaw> repeated) {}

    /// Reads the bytes of a file.
    public static LocalManifests parse(String file, byte[] bytes, SourceLimits limits) {
        if (bytes.length > limits.sourceBytesMax()) {
            String large = "file has more than " + limits.sourceBytesMax() + " bytes; split it";
            return new LocalManifests(file, ManifestFile.unreadable(large));
        }
        return new LocalManifests(
                file, ManifestFile.parse(new KubernetesYaml(limits.yaml()), bytes));
    }

    /// The objects as they stand there.
    public List<ObjectNode> objects() {
        return content.plainObjects();
    }

    /// The CustomResourceDefinitions among the objects.
    public List<ObjectNode> definitions() {
        return content.plainObjects().stream()
                .filter(each -> each.path("kind").asText().equals("CustomResourceDefinition"))
                .toList();
    }

    /// What could not be read.
    public List<Flaw> flaws() {
        return content.problems().stream()
                .map(each -> new Flaw(file, each.document(), worded(each.message())))
                .toList();
    }

    /// The objects by identity.
    public Keyed keyed(Placing placing) {
        ClusterScope scope = new ClusterScope(Set.of()).with(placing.definitions());
        TreeMap<ResourceKey, Located> objects = new TreeMap<>();
        List<Flaw> repeated = new ArrayList<>();
        for (ManifestFile.Item item : content.objects()) {
            ObjectNode object = item.object().deepCopy();
            ResourceKey key = place(object, scope, placing.namespace());
            Located located =
                    new Located(file, item.document(), placing.redaction().redact(NOWHERE, object));
            Located former = objects.put(key, located);
            if (former != null) {
                String again = key.display() + " stands in document " + former.document() + " too";
                repeated.add(new Flaw(file, item.document(), again + "; the last one counts"));
            }
        }
        return new Keyed(objects, repeated);
    }

    private static ResourceKey place(ObjectNode object, ClusterScope scope, String namespace) {
        String api = object.path("apiVersion").asText();
        int slash = api.indexOf('/');
        String group = slash < 0 ? "" : api.substring(0, slash);
        String kind = object.path("kind").asText();
        ObjectNode metadata = (ObjectNode) object.path("metadata");
        if (scope.isClusterScoped(group, kind)) {
            metadata.remove("namespace");
        } else if (metadata.path("namespace").asText("").isEmpty()) {
            metadata.put("namespace", namespace);
        }
        return new ResourceKey(
                group, kind, metadata.path("namespace").asText(""), metadata.path("name").asText());
    }

    private static String worded(String message) {
        boolean shape = message.startsWith("object has no") || message.contains("has no metadata");
        return shape || message.equals("document is no object") ? message + NEEDS : message;
    }
}
