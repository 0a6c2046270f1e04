package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.re2j.Pattern;
import dev.driftledger.drift.rules.Expressions;
import dev.driftledger.drift.rules.RuleException;
import java.nio.charset.StandardCharsets;

/// Built-in functions of texts.
final class Texts {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Texts() {}

    static JsonNode apply(String name, JsonNode in, JsonNode[] arguments, Budget budget)
            throws JqError, RuleException {
        JsonNode argument = arguments.length == 0 ? NODES.nullNode() : arguments[0];
        if (name.equals("index/1") || name.equals("rindex/1")) {
            return found(name, in, argument, budget);
        }
        boolean wants = arguments.length > 0 && !name.startsWith("test");
        if (!in.isTextual() || (wants && !argument.isTextual())) {
            throw new JqError(name + " needs texts, got " + Values.type(in));
        }
        String text = in.textValue();
        String other = argument.asText();
        budget.text(text.length());
        return switch (name) {
            case "utf8bytelength/0" ->
                    NODES.numberNode((long) text.getBytes(StandardCharsets.UTF_8).length);
            case "fromjson/0" -> Functions.parsed(text, budget);
            case "ascii_downcase/0" -> NODES.textNode(cased(text, false));
            case "ascii_upcase/0" -> NODES.textNode(cased(text, true));
            case "startswith/1" -> bool(text.startsWith(other));
            case "endswith/1" -> bool(text.endsWith(other));
            case "ltrimstr/1" ->
                    NODES.textNode(text.startsWith(other) ? text.substring(other.length()) : text);
            case "rtrimstr/1" ->
                    NODES.textNode(
                            text.endsWith(other) && !other.isEmpty()
                                    ? text.substring(0, text.length() - other.length())
                                    : text);
            case "trim/0" -> NODES.textNode(trimmed(text, true, true));
            case "ltrim/0" -> NODES.textNode(trimmed(text, true, false));
            case "rtrim/0" -> NODES.textNode(trimmed(text, false, true));
            case "split/1" -> split(text, other, budget);
            case "test/1", "test/2" -> test(text, arguments, budget);
            default -> throw new AssertionError(name);
        };
    }

    /// `test(regex)`, `test(regex; flags)` or `test([regex, flags])`.
    private static JsonNode test(String text, JsonNode[] arguments, Budget budget)
            throws JqError, RuleException {
        boolean list = arguments.length == 1 && arguments[0].isArray();
        JsonNode regex = list ? arguments[0].path(0) : arguments[0];
        JsonNode flags = list ? arguments[0].path(1) : arguments[arguments.length - 1];
        boolean given = flags.isTextual() && (list || arguments.length > 1);
        if (!regex.isTextual() || !(flags.isTextual() || flags.isNull() || flags.isMissingNode())) {
            throw new JqError("test needs texts as expression and as flags");
        }
        int options = 0;
        for (char flag : given ? flags.textValue().toCharArray() : new char[0]) {
            switch (flag) {
                case 'i' -> options |= Pattern.CASE_INSENSITIVE;
                case 'm' -> options |= Pattern.DOTALL;
                case 'g' -> {}
                default -> throw new JqError("test has no flag " + flag);
            }
        }
        budget.build(regex.textValue().length());
        budget.steps((text.length() + 1L) * (regex.textValue().length() + 1L) / 64);
        try {
            return bool(Expressions.compile(regex.textValue(), options).matcher(text).find());
        } catch (RuleException e) {
            throw new JqError(e.getMessage());
        }
    }

    private static JsonNode found(String name, JsonNode in, JsonNode part, Budget budget)
            throws JqError, RuleException {
        if (in.isNull()) {
            return NODES.nullNode();
        }
        if (in.isArray()) {
            return place(name, in, part, budget);
        }
        if (!in.isTextual() || !part.isTextual()) {
            throw new JqError(name + " needs texts, got " + Values.type(in));
        }
        String text = in.textValue();
        budget.text(text.length());
        int at =
                name.equals("index/1")
                        ? text.indexOf(part.textValue())
                        : text.lastIndexOf(part.textValue());
        return at < 0 || part.textValue().isEmpty()
                ? NODES.nullNode()
                : NODES.numberNode((long) text.codePointCount(0, at));
    }

    /// Where an item, or a list of some that follow each other, stands in a list.
    private static JsonNode place(String name, JsonNode list, JsonNode part, Budget budget)
            throws RuleException {
        JsonNode wanted = part.isArray() ? part : NODES.arrayNode().add(part);
        ArrayNode places = places(list, wanted, budget);
        if (places.isEmpty()) {
            return NODES.nullNode();
        }
        return places.get(name.equals("index/1") ? 0 : places.size() - 1);
    }

    /// Every index at which a list has these items, which follow each other; none for no items.
    static ArrayNode places(JsonNode list, JsonNode wanted, Budget budget) throws RuleException {
        ArrayNode places = NODES.arrayNode();
        for (int i = 0; !wanted.isEmpty() && i + wanted.size() <= list.size(); i++) {
            int same = 0;
            while (same < wanted.size()
                    && Values.compare(list.get(i + same), wanted.get(same), budget) == 0) {
                same++;
            }
            if (same == wanted.size()) {
                budget.build(1);
                places.add((long) i);
            }
        }
        return places;
    }

    private static String cased(String text, boolean upper) {
        StringBuilder cased = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean other = upper ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z';
            cased.append(other ? (char) (c ^ 0x20) : c);
        }
        return cased.toString();
    }

    private static String trimmed(String text, boolean start, boolean end) {
        int from = 0;
        int to = text.length();
        while (start && from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (end && from < to && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /// Unicode's white space.
    private static boolean isSpace(char c) {
        return Character.isSpaceChar(c) || (c >= '\t' && c <= '\r') || c == 0x85;
    }

    private static JsonNode bool(boolean value) {
        return BooleanNode.valueOf(value);
    }

    static ArrayNode split(String text, String by, Budget budget) throws RuleException {
        budget.text(text.length());
        ArrayNode parts = NODES.arrayNode();
        if (text.isEmpty()) {
            return parts;
        }
        if (by.isEmpty()) {
            budget.build(text.length());
            text.codePoints().forEach(c -> parts.add(Character.toString(c)));
            return parts;
        }
        int from = 0;
        for (int at = text.indexOf(by); at >= 0; at = text.indexOf(by, from)) {
            budget.build(1);
            parts.add(text.substring(from, at));
            from = at + by.length();
        }
        return parts.add(text.substring(from));
    }
}
