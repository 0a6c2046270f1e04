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
/// @param problems what is wrong with it
/// @param nodesCount values in its documents, aliases expanded
record ManifestFile(List<Item> objects, List<Flaw> problems, long nodesCount) {
    /// Kubernetes has no use for a list in a list; kubectl takes them apart all the same.
    private static final int LISTS_DEPTH_MAX = 10;

    /// Four times the longest name that Kubernetes gives anything.
    private static final int NAME_CHARS_MAX = 1024;

    /// @param document number in the file, from 1
    record Item(int document, ObjectNode object) {}

    /// @param document number in the file, from 1; 0 for the file as a whole
    /// @param harmless true when no resource can hide behind it
    record Flaw(int document, String message, boolean harmless) {}

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
        return new ManifestFile(List.of(), List.of(new Flaw(0, message, false)), 0);
    }

    /// Reads the bytes of a file.
    static ManifestFile parse(KubernetesYaml yaml, byte[] bytes) {
        List<Item> objects = new ArrayList<>();
        List<Flaw> problems = new ArrayList<>();
        long nodesCount = 0;
        try {
            for (YamlDocument document : yaml.readAll(bytes)) {
                Reader reader = new Reader(document.number(), "", objects, problems);
                switch (document) {
                    case YamlDocument.Broken(_, String message) -> reader.hides(message);
                    case YamlDocument.Read(_, JsonNode tree, boolean more) -> {
                        nodesCount += nodesCount(tree);
                        reader.read(tree, 0);
                        if (more) {
                            reader.lacks("text after the end of the document is not read");
                        }
                    }
                }
            }
        } catch (YamlException e) {
            return unreadable(e.getMessage());
        }
        return new ManifestFile(objects, problems, nodesCount);
    }

    private static long nodesCount(JsonNode tree) {
        long count = 1;
        for (JsonNode child : tree) {
            count += nodesCount(child);
        }
        return count;
    }

    /// Takes one document apart.
    ///
    /// @param at which item of a list is read, as messages begin; empty outside of lists
    private record Reader(int number, String at, List<Item> objects, List<Flaw> problems) {

        /// Something could not be read.
        void hides(String message) {
            problems.add(new Flaw(number, at + message, false));
        }

        /// All was read, and it names no resource.
        void lacks(String message) {
            problems.add(new Flaw(number, at + message, true));
        }

        void read(JsonNode tree, int depth) {
            if (!(tree instanceof ObjectNode object)) {
                lacks((at.isEmpty() ? "document" : "it") + " is no object");
            } else if (object.path("kind").asText().endsWith("List")
                    && object.path("items").isArray()) {
                readList(object, depth);
            } else if (text(object, "apiVersion").isEmpty()) {
                lacks("object has no apiVersion");
            } else if (text(object, "kind").isEmpty()) {
                lacks("object has no kind");
            } else if (isRules(object)) {
                lacks("IgnoreRules are read from " + RulesFile.NAME + " of the source's folder");
            } else if (text(object.path("metadata"), "name").isEmpty()) {
                lacks(text(object, "kind") + nameless(object.path("metadata")));
            } else if (isNameable(object)) {
                objects.add(new Item(number, object));
            }
        }

        private static boolean isRules(ObjectNode object) {
            return text(object, "apiVersion").startsWith("driftledger.dev/")
                    && text(object, "kind").equals("IgnoreRules");
        }

        private static String nameless(JsonNode metadata) {
            JsonNode name = metadata.path("name");
            if (!name.isMissingNode() && !name.isNull() && !name.isTextual()) {
                return " has a metadata.name that is no text; put it in quotes";
            }
            return metadata.has("generateName")
                    ? " has no metadata.name, only a generateName"
                    : " has no metadata.name";
        }

        private boolean isNameable(ObjectNode object) {
            JsonNode metadata = object.path("metadata");
            return isNameable("apiVersion", text(object, "apiVersion"), true)
                    && isNameable("kind", text(object, "kind"), true)
                    && isNameable("metadata.namespace", metadata.path("namespace").asText(), true)
                    && isNameable("metadata.name", text(metadata, "name"), false);
        }

        /// Names are parts of keys, which colons and line breaks divide.
        private boolean isNameable(String field, String value, boolean plain) {
            if (value.length() > NAME_CHARS_MAX) {
                hides(
                        field
                                + " has "
                                + value.length()
                                + " characters, want at most "
                                + NAME_CHARS_MAX);
                return false;
            }
            boolean odd = value.chars().anyMatch(c -> c < ' ' || c == 0x7f || (plain && c == ':'));
            if (odd) {
                hides(field + " has a control character" + (plain ? " or a colon" : ""));
            }
            return !odd;
        }

        private void readList(ObjectNode list, int depth) {
            if (depth == LISTS_DEPTH_MAX) {
                hides("lists nest deeper than " + LISTS_DEPTH_MAX);
                return;
            }
            String kind = text(list, "kind");
            String itemKind = kind.substring(0, kind.length() - "List".length());
            int count = 0;
            for (JsonNode item : list.path("items")) {
                if (item instanceof ObjectNode object && !itemKind.isEmpty()) {
                    if (!object.has("kind")) {
                        object.put("kind", itemKind);
                    }
                    if (!object.has("apiVersion") && list.has("apiVersion")) {
                        object.set("apiVersion", list.path("apiVersion"));
                    }
                }
                count++;
                String itemAt = at + "item " + count + ": ";
                new Reader(number, itemAt, objects, problems).read(item, depth + 1);
            }
        }

        private static String text(JsonNode node, String field) {
            JsonNode value = node.path(field);
            return value.isTextual() ? value.textValue() : "";
        }
    }
}
