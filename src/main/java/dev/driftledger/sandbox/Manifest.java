package dev.driftledger.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// One object of the sample shop and where it stands in the API, as the sandbox's CI applies it.
///
/// Knows the kinds that the shop uses and no others, and reads the shop's own YAML only.
/// Driftledger itself reads manifests with its `desired` package.
record Manifest(String path, JsonNode object) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Kind → the plural by which the API calls it.
    private static final Map<String, String> COLLECTIONS =
            Map.ofEntries(
                    Map.entry("ConfigMap", "configmaps"),
                    Map.entry("Secret", "secrets"),
                    Map.entry("Service", "services"),
                    Map.entry("PersistentVolumeClaim", "persistentvolumeclaims"),
                    Map.entry("Deployment", "deployments"),
                    Map.entry("HorizontalPodAutoscaler", "horizontalpodautoscalers"),
                    Map.entry("CronJob", "cronjobs"),
                    Map.entry("Tariff", "tariffs"),
                    Map.entry("CustomResourceDefinition", "customresourcedefinitions"));

    private static final String DEFINITION = "CustomResourceDefinition";

    /// The documents of one YAML file, to be applied in that namespace.
    ///
    /// @throws IllegalArgumentException when the file is no YAML, or a document is no object that
    ///     can be applied
    static List<Manifest> read(String yaml, String namespace) {
        List<Manifest> manifests = new ArrayList<>();
        try {
            for (Object document :
                    new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml)) {
                JsonNode object = JSON.valueToTree(document);
                manifests.add(new Manifest(pathOf(object, namespace), object));
            }
        } catch (YAMLException e) {
            throw new IllegalArgumentException("no valid YAML", e);
        }
        return manifests;
    }

    /// JSON text as a tree; for the short patches of the sandbox's script.
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the sandbox's own JSON is broken", e);
        }
    }

    boolean isDefinition() {
        return object.path("kind").asText().equals(DEFINITION);
    }

    private static String pathOf(JsonNode object, String namespace) {
        String version = object.path("apiVersion").asText();
        String kind = object.path("kind").asText();
        String collection = COLLECTIONS.get(kind);
        if (collection == null) {
            throw new IllegalArgumentException("the sandbox's CI does not know the kind " + kind);
        }
        String name = object.at("/metadata/name").asText();
        if (name.isEmpty()) {
            throw new IllegalArgumentException(kind + " has no metadata.name");
        }
        String root = version.contains("/") ? "/apis/" + version : "/api/" + version;
        String scope = kind.equals(DEFINITION) ? "/" : "/namespaces/" + namespace + "/";
        return root + scope + collection + "/" + name;
    }
}
