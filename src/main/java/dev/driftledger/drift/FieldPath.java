package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

/// Where a node is, as a chain towards the root; spelled only when somebody asks.
///
/// @param outer the node around it; null for the root
/// @param text a field's name, an item's key, value or index; empty for the root
/// @param list the list's shape when this is an item of one, else null
/// @param depth how many steps from the root
record FieldPath(@Nullable FieldPath outer, String text, @Nullable Shape list, int depth) {
    static final FieldPath ROOT = new FieldPath(null, "", null, 0);

    FieldPath field(String name) {
        return new FieldPath(this, name, null, depth + 1);
    }

    FieldPath item(String key, Shape inList) {
        return new FieldPath(this, key, inList, depth + 1);
    }

    /// `.name` for plain names, `[example.com/a]` for everything else.
    static String spelledField(String name) {
        return isPlain(name) ? "." + name : "[" + name + "]";
    }

    /// As in [Difference#path()]: `spec.ports[15020/TCP]`.
    String spelled() {
        StringBuilder spelling = new StringBuilder();
        append(spelling);
        return !spelling.isEmpty() && spelling.charAt(0) == '.'
                ? spelling.substring(1)
                : spelling.toString();
    }

    /// The node of another object at this path; missing when it has none.
    JsonNode in(JsonNode object) {
        if (outer == null) {
            return object;
        }
        JsonNode around = outer.in(object);
        if (list == null) {
            return around.path(text);
        }
        for (int i = 0; around.isArray() && i < around.size(); i++) {
            if (ListKeys.of(around.get(i), list, i).equals(text)) {
                return around.get(i);
            }
        }
        return MissingNode.getInstance();
    }

    /// Whether the names of the last steps are these, the last one last.
    boolean endsWith(String... names) {
        FieldPath step = this;
        for (int i = names.length - 1; i >= 0; i--) {
            if (step == null || !step.text.equals(names[i])) {
                return false;
            }
            step = step.outer;
        }
        return true;
    }

    private void append(StringBuilder spelling) {
        if (outer == null) {
            return;
        }
        outer.append(spelling);
        if (list == null) {
            spelling.append(spelledField(text));
        } else {
            spelling.append('[').append(text).append(']');
        }
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            boolean later = (c >= '0' && c <= '9') || c == '-';
            if (!letter && (i == 0 || !later)) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
