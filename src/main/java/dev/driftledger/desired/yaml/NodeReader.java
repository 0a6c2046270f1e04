package dev.driftledger.desired.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;

/// Builds the nodes of the first document in a text out of parser events, without recursion.
final class NodeReader {
    private final YamlLimits limits;
    private final TokenScanner scanner;
    private final Parser parser;
    private final Map<String, YamlNode> anchors = new HashMap<>();
    private final Set<YamlNode> open =
            java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
    private int count;

    /// @param more whether anything follows that Kubernetes' tools would silently leave out
    record Document(YamlNode root, boolean more) {}

    private NodeReader(String text, YamlLimits limits) {
        this.limits = limits;
        this.scanner = new TokenScanner(text.codePoints().toArray());
        this.parser = new ParserImpl(scanner);
    }

    /// The first document; null when there is none.
    static @Nullable Document read(String text, YamlLimits limits) throws YamlException {
        try {
            return new NodeReader(text, limits).document();
        } catch (ScanException e) {
            throw new YamlException(e.line(), e.problem());
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            throw new YamlException(mark == null ? 0 : mark.getLine(), "no valid YAML");
        } catch (YAMLException e) {
            throw new YamlException("no valid YAML");
        }
    }

    private @Nullable Document document() throws YamlException {
        parser.getEvent();
        if (!(parser.getEvent() instanceof DocumentStartEvent)) {
            if (scanner.isDirected()) {
                throw new YamlException("a directive stands before no document");
            }
            return null;
        }
        if (!scanner.isVersionKnown()) {
            throw new YamlException("only %YAML 1.1 is known");
        }
        List<List<YamlNode>> parents = new ArrayList<>();
        List<YamlNode> opened = new ArrayList<>();
        List<YamlNode> roots = new ArrayList<>();
        parents.add(roots);
        do {
            Event event = parser.getEvent();
            if (event instanceof CollectionEndEvent) {
                parents.removeLast();
                open.remove(opened.removeLast());
                continue;
            }
            YamlNode node = node(event);
            parents.getLast().add(node);
            if (event instanceof CollectionStartEvent) {
                requireDepth(event, parents.size());
                open.add(node);
                opened.add(node);
                parents.add(children(node));
            }
        } while (parents.size() > 1);
        parser.getEvent();
        return new Document(roots.getFirst(), hasMore());
    }

    private boolean hasMore() {
        try {
            return !(parser.peekEvent() instanceof StreamEndEvent);
        } catch (YAMLException e) {
            return true;
        }
    }

    private YamlNode node(Event event) throws YamlException {
        int line = event.getStartMark().getLine();
        if (++count > limits.nodesMax()) {
            throw new YamlException(line, limits.tooManyNodes());
        }
        if (event instanceof AliasEvent alias) {
            YamlNode target = anchors.get(alias.getAnchor());
            if (target == null) {
                throw new YamlException(line, "unknown anchor");
            }
            if (open.contains(target)) {
                throw new YamlException(line, "an anchor contains itself");
            }
            return new YamlNode.Alias(line, target);
        }
        YamlNode node =
                switch (event) {
                    case ScalarEvent scalar -> scalar(scalar, line);
                    case MappingStartEvent _ -> new YamlNode.Mapping(line, new ArrayList<>());
                    default -> new YamlNode.Sequence(line, new ArrayList<>());
                };
        if (event instanceof NodeEvent named && named.getAnchor() != null) {
            anchors.put(named.getAnchor(), node);
        }
        return node;
    }

    private static YamlNode scalar(ScalarEvent event, int line) {
        String tag = event.getTag();
        boolean implicit = "!".equals(tag) || (tag == null && event.isPlain());
        return new YamlNode.Scalar(line, event.getValue(), tag, implicit);
    }

    private static List<YamlNode> children(YamlNode node) {
        return switch (node) {
            case YamlNode.Sequence(_, List<YamlNode> children) -> children;
            case YamlNode.Mapping(_, List<YamlNode> children) -> children;
            case YamlNode.Scalar _, YamlNode.Alias _ -> List.of();
        };
    }

    private void requireDepth(Event event, int depth) throws YamlException {
        if (depth > limits.depthMax()) {
            throw new YamlException(event.getStartMark().getLine(), limits.tooDeep());
        }
    }
}
