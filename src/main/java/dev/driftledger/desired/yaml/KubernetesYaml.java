package dev.driftledger.desired.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.driftledger.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads manifest files as Kubernetes' tools do.
///
/// Agrees with `sigs.k8s.io/yaml` 1.6.0 in what a document means (the corpus in the tests), and
/// with `k8s.io/apimachinery` in how a file is cut into documents. Stricter in four ways: a key
/// that stands twice in one map is an error, also when it is spelt in two ways; nesting is limited;
/// text must be UTF-8; and it must not begin with two byte order marks.
public final class KubernetesYaml {
    private final YamlLimits limits;

    /// A reader with these limits; it keeps no state.
    public KubernetesYaml(YamlLimits limits) {
        this.limits = limits;
    }

    /// All documents of a file, YAML or JSON.
    ///
    /// @throws YamlException when the file as a whole cannot be read: it is not UTF-8, has too many
    ///     documents, text after `---`, or more from aliases than one document may have
    public List<YamlDocument> readAll(byte[] file) throws YamlException {
        String text = YamlText.decode(file);
        if (text.stripLeading().startsWith("{")) {
            List<YamlDocument> stream = jsonStream(text);
            if (!stream.isEmpty()) {
                return stream;
            }
        }
        List<YamlDocument> documents = new ArrayList<>();
        long aliasedCount = 0;
        for (YamlText.Part part : YamlText.split(text, limits)) {
            int number = documents.size() + 1;
            TreeBuilder builder = new TreeBuilder(limits);
            try {
                NodeReader.Document document = document(part.text());
                JsonNode tree = tree(document, builder);
                if (!tree.isNull()) {
                    boolean more = document != null && document.more();
                    documents.add(new YamlDocument.Read(number, tree, more));
                }
            } catch (YamlException e) {
                documents.add(new YamlDocument.Broken(number, e.after(part.line()).getMessage()));
            }
            aliasedCount += builder.aliasedCount();
            if (aliasedCount > limits.nodesMax()) {
                throw new YamlException("aliases stand for " + limits.tooManyNodes() + " in all");
            }
        }
        return documents;
    }

    /// The first document of some bytes; null node when they hold none.
    public JsonNode readOne(byte[] document) throws YamlException {
        return tree(document(YamlText.decode(document)), new TreeBuilder(limits));
    }

    private NodeReader.@Nullable Document document(String text) throws YamlException {
        requireSize(text);
        return NodeReader.read(text, limits);
    }

    private static JsonNode tree(NodeReader.@Nullable Document document, TreeBuilder builder)
            throws YamlException {
        return document == null ? NullNode.getInstance() : builder.build(document.root());
    }

    private void requireSize(String text) throws YamlException {
        int bytesMax = limits.documentBytesMax();
        if (text.length() > bytesMax
                || (text.length() > bytesMax / 3
                        && text.getBytes(StandardCharsets.UTF_8).length > bytesMax)) {
            throw new YamlException(limits.tooLarge());
        }
    }

    /// Objects one after the other, as far as they are all JSON; else none.
    private List<YamlDocument> jsonStream(String text) throws YamlException {
        List<YamlDocument> documents = new ArrayList<>();
        try (MappingIterator<JsonNode> nodes =
                Json.shared().readerFor(JsonNode.class).readValues(text)) {
            int start = 0;
            while (nodes.hasNextValue()) {
                if (documents.size() >= limits.documentsMax()) {
                    throw new YamlException(limits.tooManyDocuments());
                }
                JsonNode tree = nodes.nextValue();
                int end = Math.toIntExact(nodes.getCurrentLocation().getCharOffset());
                documents.add(shaped(documents.size() + 1, tree, text.substring(start, end)));
                start = end;
            }
            return documents;
        } catch (IOException | NumberFormatException e) {
            return List.of();
        }
    }

    private YamlDocument shaped(int number, JsonNode tree, String text) {
        try {
            requireSize(text);
            return new YamlDocument.Read(number, new JsonShape(limits).of(tree), false);
        } catch (YamlException e) {
            return new YamlDocument.Broken(number, e.getMessage());
        }
    }
}
