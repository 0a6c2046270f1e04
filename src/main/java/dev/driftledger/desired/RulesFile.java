package dev.driftledger.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.desired.yaml.KubernetesYaml;
import dev.driftledger.desired.yaml.YamlDocument;
import dev.driftledger.desired.yaml.YamlException;
import dev.driftledger.model.IgnoreRulesFile;
import dev.driftledger.model.ObjectBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads the file `.driftledger.yaml` in a source's folder: its ignore rules, and no manifest.
///
/// Of each document only what rules can stand in is kept, so that nothing else in it gets into the
/// log. What cannot be read is a problem and hides nothing.
final class RulesFile {
    /// The file's name in the source's folder. In folders below it stands for nothing.
    static final String NAME = ".driftledger.yaml";

    private static final Pattern NEARLY =
            Pattern.compile("\\.driftledger\\.(ya?ml|json)", Pattern.CASE_INSENSITIVE);
    private static final String SETTINGS = "resource.";
    private static final String IGNORE = "ignoreDifferences";

    private RulesFile() {}

    /// Where the rules of a folder stand.
    ///
    /// @param folder normalised, empty for the root
    static String path(String folder) {
        return folder.isEmpty() ? NAME : folder + "/" + NAME;
    }

    /// Whether a path has the file's name, in whatever folder.
    static boolean is(String path) {
        return path.equals(NAME) || path.endsWith("/" + NAME);
    }

    /// Whether the name of a file in a source's folder is nearly [#NAME], so that somebody may take
    /// it for the rules: `.driftledger.yml`, `.Driftledger.yaml`, `.driftledger.json`.
    static boolean isNearly(String name) {
        return !name.equals(NAME) && NEARLY.matcher(name).matches();
    }

    /// The file where there is none.
    static IgnoreRulesFile none(String path) {
        return new IgnoreRulesFile(path, List.of(), List.of());
    }

    static IgnoreRulesFile unreadable(String path, String message) {
        return new IgnoreRulesFile(
                path, List.of(), List.of(new IgnoreRulesFile.Problem(0, message)));
    }

    /// Reads the bytes of the file. One that has more than `bytesMax` bytes as JSON is not used.
    static IgnoreRulesFile parse(String path, KubernetesYaml yaml, byte[] bytes, int bytesMax) {
        List<JsonNode> documents = new ArrayList<>();
        List<IgnoreRulesFile.Problem> problems = new ArrayList<>();
        try {
            for (YamlDocument each : yaml.readAll(bytes)) {
                switch (each) {
                    case YamlDocument.Broken(int number, String message) ->
                            problems.add(new IgnoreRulesFile.Problem(number, message));
                    case YamlDocument.Read(int number, JsonNode tree, boolean more) -> {
                        String flaw = take(tree, more, yaml, documents);
                        if (!flaw.isEmpty()) {
                            problems.add(new IgnoreRulesFile.Problem(number, flaw));
                        }
                    }
                }
            }
        } catch (YamlException e) {
            return unreadable(path, e.getMessage());
        }
        IgnoreRulesFile file = new IgnoreRulesFile(path, documents, problems);
        int size = ObjectBytes.of(file.json()).length;
        return size <= bytesMax ? file : tooLarge(path, size, bytesMax);
    }

    static IgnoreRulesFile tooLarge(String path, long sizeBytes, int bytesMax) {
        return unreadable(
                path,
                "the rules have "
                        + sizeBytes
                        + " bytes, more than "
                        + bytesMax
                        + " (driftledger.desired.rules-bytes-max); none of them is used");
    }

    private static String take(
            JsonNode tree, boolean more, KubernetesYaml yaml, List<JsonNode> documents) {
        if (!(tree instanceof ObjectNode document)) {
            return "document is no object, so it has no rules";
        }
        documents.add(kept(document, yaml));
        return more ? "text after the end of the document is not read" : "";
    }

    private static ObjectNode kept(ObjectNode document, KubernetesYaml yaml) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        copy(document, kept, "apiVersion");
        copy(document, kept, "kind");
        copy(document.path("metadata"), kept.putObject("metadata"), "name");
        copy(document.path("metadata"), kept.withObject("metadata"), "namespace");
        copy(document, kept, "rules");
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        copy(document.path("spec"), spec, IGNORE);
        copy(document.path("spec"), spec, "ignore");
        copy(document.path("spec"), spec, "driftDetection");
        copy(document.path("spec"), spec, "orphanedResources");
        if (!spec.isEmpty()) {
            kept.set("spec", spec);
        }
        for (Map.Entry<String, JsonNode> each : document.path("data").properties()) {
            if (each.getKey().startsWith(SETTINGS)) {
                kept.withObject("data").put(each.getKey(), json(each.getValue(), yaml));
            }
        }
        return kept;
    }

    private static void copy(JsonNode from, ObjectNode to, String name) {
        if (from.has(name)) {
            to.set(name, from.get(name));
        }
    }

    /// YAML that stands as text, as JSON in text, for whoever has no YAML; text that is no YAML
    /// stays what it is.
    private static String json(JsonNode value, KubernetesYaml yaml) {
        String text = value.asText();
        try {
            JsonNode tree = yaml.readOne(text.getBytes(StandardCharsets.UTF_8));
            for (JsonNode each : tree) {
                if (each instanceof ObjectNode customization && customization.has(IGNORE)) {
                    customization.put(IGNORE, json(customization.get(IGNORE), yaml));
                }
            }
            return new String(ObjectBytes.of(tree), StandardCharsets.UTF_8);
        } catch (YamlException _) {
            return text;
        }
    }
}
