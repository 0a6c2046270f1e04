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

/// The objects of local files, YAML or JSON, lists taken apart, each with its place in its file.
///
/// What cannot be read is a [Flaw]; the rest still counts.
public final class LocalManifests {
    /// Stands for the cluster to which fingerprints of confidential values are bound.
    private static final ClusterRef NOWHERE = new ClusterRef("offline", "offline");

    private static final String NEEDS =
            "; every document needs apiVersion, kind and metadata.name, or is a List of such";

    private final List<Part> parts;

    private LocalManifests(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /// One file of them.
    private record Part(String file, ManifestFile content) {}

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
            return of(file, ManifestFile.unreadable(large));
        }
        return of(file, ManifestFile.parse(new KubernetesYaml(limits.yaml()), bytes));
    }

    private static LocalManifests of(String file, ManifestFile content) {
        return new LocalManifests(List.of(new Part(file, content)));
    }

    /// Several files as if they were one, in their order.
    public static LocalManifests together(List<LocalManifests> files) {
        return new LocalManifests(files.stream().flatMap(each -> each.parts.stream()).toList());
    }

    /// Whether no document stands there at all, not even an empty List.
    public boolean isBlank() {
        return parts.stream()
                .allMatch(each ->
                        each.content.nodesCount() == 0 && each.content.problems().isEmpty());
    }

    /// The objects as they stand there.
    public List<ObjectNode> objects() {
        return parts.stream().flatMap(each -> each.content.plainObjects().stream()).toList();
    }

    /// The CustomResourceDefinitions among the objects.
    public List<ObjectNode> definitions() {
        return objects().stream()
                .filter(each -> each.path("kind").asText().equals("CustomResourceDefinition"))
                .toList();
    }

    /// What could not be read.
    public List<Flaw> flaws() {
        return parts.stream().flatMap(each -> flaws(each).stream()).toList();
    }

    private static List<Flaw> flaws(Part part) {
        return part.content.problems().stream()
                .map(each -> new Flaw(part.file, each.document(), worded(each.message())))
                .toList();
    }

    /// The objects by identity.
    public Keyed keyed(Placing placing) {
        ClusterScope scope = new ClusterScope(Set.of()).with(placing.definitions());
        TreeMap<ResourceKey, Located> objects = new TreeMap<>();
        List<Flaw> repeated = new ArrayList<>();
        for (Part part : parts) {
            for (ManifestFile.Item item : part.content.objects()) {
                ObjectNode object = item.object().deepCopy();
                ResourceKey key = place(object, scope, placing.namespace());
                ObjectNode redacted = placing.redaction().redact(NOWHERE, object);
                Located located = new Located(part.file, item.document(), redacted);
                Located former = objects.put(key, located);
                if (former != null) {
                    repeated.add(again(key, former, located));
                }
            }
        }
        return new Keyed(objects, repeated);
    }

    private static Flaw again(ResourceKey key, Located former, Located last) {
        String other = former.file().equals(last.file()) ? "" : " of " + former.file();
        return new Flaw(
                last.file(),
                last.document(),
                key.display()
                        + " stands in document "
                        + former.document()
                        + other
                        + " too; the last one counts");
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
        boolean isShapeWrong =
                message.contains("object has no")
                        || message.contains("has no metadata.name")
                        || message.endsWith("is no object");
        return isShapeWrong ? message + NEEDS : message;
    }
}
