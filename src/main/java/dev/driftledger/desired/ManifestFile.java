package dev.driftledger.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.desired.yaml.KubernetesYaml;
import dev.driftledger.desired.yaml.YamlDocument;
import dev.driftledger.desired.yaml.YamlException;
import java.util.ArrayList;
import java.util.List;

/// The objects of one file, lists taken apart, as they stand there.
///
/// @param objects those that have an API version, a kind and a name
/// @param problems what of it could not be read
record ManifestFile(List<Item> objects, List<Flaw> problems) {
    private static final int LISTS_DEPTH_MAX = 10;

    /// @param document number in the file, from 1
    record Item(int document, ObjectNode object) {}

    /// @param document number in the file, from 1; 0 for the file as a whole
    record Flaw(int document, String message) {}

    ManifestFile {
        objects = List.copyOf(objects);
        problems = List.copyOf(problems);
    }

    /// The objects without their places.
    List<ObjectNode> plainObjects() {
        return objects.stream().map(Item::object).toList();
    }

    /// A file that cannot be read at all.
    static ManifestFile unreadable(String message) {
        return new ManifestFile(List.of(), List.of(new Flaw(0, message)));
    }

    /// Reads the bytes of a file.
    static ManifestFile parse(KubernetesYaml yaml, byte[] bytes) {
        List<Item> objects = new ArrayList<>();
        List<Flaw> problems = new ArrayList<>();
        try {
            for (YamlDocument document : yaml.readAll(bytes)) {
                Reader reader = new Reader(document.number(), objects, problems);
                switch (document) {
                    case YamlDocument.Broken(_, String message) -> reader.flaw(message);
                    case YamlDocument.Read(_, JsonNode tree, boolean more) -> {
                        reader.read(tree, 0);
                        if (more) {
                            reader.flaw("text after the end of the document is not read");
                        }
                    }
                }
            }
        } catch (YamlException e) {
            return unreadable(e.getMessage());
        }
        return new ManifestFile(objects, problems);
    }

    /// Takes one document apart.
    private record Reader(int number, List<Item> objects, List<Flaw> problems) {

        void flaw(String message) {
            problems.add(new Flaw(number, message));
        }

        void read(JsonNode tree, int depth) {
            if (!(tree instanceof ObjectNode object)) {
                flaw("document is no object");
            } else if (object.path("kind").asText().endsWith("List")
                    && object.path("items").isArray()) {
                readList(object, depth);
            } else if (text(object, "apiVersion").isEmpty()) {
                flaw("object has no apiVersion");
            } else if (text(object, "kind").isEmpty()) {
                flaw("object has no kind");
            } else if (text(object.path("metadata"), "name").isEmpty()) {
                flaw(text(object, "kind") + " has no metadata.name");
            } else {
                objects.add(new Item(number, object));
            }
        }

        private void readList(ObjectNode list, int depth) {
            if (depth == LISTS_DEPTH_MAX) {
                flaw("lists nest deeper than " + LISTS_DEPTH_MAX);
                return;
            }
            String kind = text(list, "kind");
            String itemKind = kind.substring(0, kind.length() - "List".length());
            for (JsonNode item : list.path("items")) {
                if (item instanceof ObjectNode object && !itemKind.isEmpty()) {
                    if (!object.has("kind")) {
                        object.put("kind", itemKind);
                    }
                    if (!object.has("apiVersion") && list.has("apiVersion")) {
                        object.set("apiVersion", list.path("apiVersion"));
                    }
                }
                read(item, depth + 1);
            }
        }

        private static String text(JsonNode node, String field) {
            JsonNode value = node.path(field);
            return value.isTextual() ? value.textValue() : "";
        }
    }
}
