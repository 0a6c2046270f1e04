package dev.driftledger.desired.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/// Gives a tree that was read as JSON what a tree that was read as YAML has: the same limits, and
/// numbers as Go writes them.
final class JsonShape {
    private static final int INTEGER_BITS_MAX = 64;

    private final YamlLimits limits;
    private int count;

    JsonShape(YamlLimits limits) {
        this.limits = limits;
    }

    JsonNode of(JsonNode tree) throws YamlException {
        return of(tree, 1);
    }

    private JsonNode of(JsonNode node, int depth) throws YamlException {
        if (++count > limits.nodesMax()) {
            throw new YamlException(limits.tooManyNodes());
        }
        if (node.isContainerNode() && depth > limits.depthMax()) {
            throw new YamlException(limits.tooDeep());
        }
        return switch (node.getNodeType()) {
            case OBJECT -> {
                ObjectNode map = JsonNodeFactory.instance.objectNode();
                for (Map.Entry<String, JsonNode> field : node.properties()) {
                    map.set(field.getKey(), of(field.getValue(), depth + 1));
                }
                yield map;
            }
            case ARRAY -> {
                ArrayNode list = JsonNodeFactory.instance.arrayNode(node.size());
                for (JsonNode item : node) {
                    list.add(of(item, depth + 1));
                }
                yield list;
            }
            case NUMBER -> number(node);
            case STRING, BOOLEAN, NULL, BINARY, MISSING, POJO -> node;
        };
    }

    private static JsonNode number(JsonNode node) throws YamlException {
        if (node.isIntegralNumber() && node.bigIntegerValue().bitLength() <= INTEGER_BITS_MAX) {
            return node;
        }
        double value = node.doubleValue();
        if (!Double.isFinite(value)) {
            throw new YamlException("a number is beyond what JSON of Kubernetes can hold");
        }
        return GoNumber.node(value);
    }
}
