package dev.driftledger.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.Json;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// Reads the YAML of test data.
public final class Manifests {
    private Manifests() {}

    /// All objects of a text with `---` between them; empty documents are left out.
    public static List<ObjectNode> all(String yaml) {
        List<ObjectNode> objects = new ArrayList<>();
        for (Object each : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml)) {
            JsonNode node = Json.shared().valueToTree(each);
            if (node instanceof ObjectNode object) {
                objects.add(object);
            }
        }
        return objects;
    }

    /// The only object of a text.
    public static ObjectNode one(String yaml) {
        return all(yaml).getFirst();
    }
}
