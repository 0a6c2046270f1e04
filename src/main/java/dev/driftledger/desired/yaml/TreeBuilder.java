package dev.driftledger.desired.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Turns the nodes of one document into a tree of JSON: scalars resolved, aliases expanded, merge
/// keys merged in the order in which they stand, keys made text.
final class TreeBuilder {
    private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;
    private static final int FEW_ALIASES = 100;
    private static final int FEW_NODES = 1000;
    private static final double RATIO_LOW_COUNT = 400_000;
    private static final double RATIO_HIGH_COUNT = 4_000_000;

    private final YamlLimits limits;
    private int count = 1;
    private int aliasedCount;
    private int aliasDepth;
    private int depth;

    TreeBuilder(YamlLimits limits) {
        this.limits = limits;
    }

    JsonNode build(YamlNode node) throws YamlException {
        countOne(node.line());
        return switch (node) {
            case YamlNode.Scalar scalar -> ScalarResolver.resolve(scalar).node(scalar.line());
            case YamlNode.Alias(_, YamlNode target) -> {
                aliasDepth++;
                JsonNode built = build(target);
                aliasDepth--;
                yield built;
            }
            case YamlNode.Sequence(int line, List<YamlNode> children) -> {
                descend(line);
                ArrayNode list = FACTORY.arrayNode(children.size());
                for (YamlNode child : children) {
                    list.add(build(child));
                }
                depth--;
                yield list;
            }
            case YamlNode.Mapping mapping -> {
                ObjectNode map = FACTORY.objectNode();
                fill(map, mapping);
                yield map;
            }
        };
    }

    /// How many nodes came from aliases.
    int aliasedCount() {
        return aliasedCount;
    }

    private void fill(ObjectNode map, YamlNode.Mapping mapping) throws YamlException {
        descend(mapping.line());
        Set<String> own = new HashSet<>();
        List<YamlNode> children = mapping.children();
        for (int i = 0; i < children.size(); i += 2) {
            YamlNode key = children.get(i);
            if (key instanceof YamlNode.Scalar scalar && scalar.isMerge()) {
                merge(map, children.get(i + 1));
                continue;
            }
            String name = key(key);
            JsonNode value = build(children.get(i + 1));
            if (!own.add(name)) {
                throw new YamlException(key.line(), "a key stands twice in one map");
            }
            map.set(name, value);
        }
        depth--;
    }

    private String key(YamlNode node) throws YamlException {
        countOne(node.line());
        return switch (node) {
            case YamlNode.Scalar scalar -> ScalarResolver.resolve(scalar).key(scalar.line());
            case YamlNode.Alias(_, YamlNode target) -> {
                aliasDepth++;
                String key = key(target);
                aliasDepth--;
                yield key;
            }
            case YamlNode.Sequence _, YamlNode.Mapping _ ->
                    throw new YamlException(node.line(), "a key must not be a list or a map");
        };
    }

    private void merge(ObjectNode map, YamlNode value) throws YamlException {
        if (value instanceof YamlNode.Sequence(_, List<YamlNode> children)) {
            for (YamlNode child : children.reversed()) {
                mergeOne(map, child);
            }
        } else {
            mergeOne(map, value);
        }
    }

    private void mergeOne(ObjectNode map, YamlNode value) throws YamlException {
        countOne(value.line());
        switch (value) {
            case YamlNode.Mapping mapping -> fill(map, mapping);
            case YamlNode.Alias(_, YamlNode.Mapping target) -> {
                aliasDepth++;
                countOne(value.line());
                fill(map, target);
                aliasDepth--;
            }
            case YamlNode.Scalar _, YamlNode.Sequence _, YamlNode.Alias _ ->
                    throw new YamlException(value.line(), "only maps can be merged");
        }
    }

    private void descend(int line) throws YamlException {
        if (++depth > limits.depthMax()) {
            throw new YamlException(line, limits.tooDeep());
        }
    }

    private void countOne(int line) throws YamlException {
        count++;
        if (aliasDepth > 0) {
            aliasedCount++;
        }
        if (count > limits.nodesMax()) {
            throw new YamlException(line, limits.tooManyNodes());
        }
        if (aliasedCount > FEW_ALIASES
                && count > FEW_NODES
                && (double) aliasedCount / count > aliasRatioMax(count)) {
            throw new YamlException(line, "excessive aliasing");
        }
    }

    /// 99 % of the nodes may come from aliases in small documents, 10 % in very big ones.
    private static double aliasRatioMax(int count) {
        double share = (count - RATIO_LOW_COUNT) / (RATIO_HIGH_COUNT - RATIO_LOW_COUNT);
        return 0.99 - 0.89 * Math.clamp(share, 0.0, 1.0);
    }
}
