package dev.driftledger.drift.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A JSON pointer as the JSON Patch library of Argo CD and Flux reads it (evanphx/json-patch):
/// what stands before the first `/` is skipped, an index may be negative, `~` before anything but
/// `0` and `1` stands for itself.
public final class PatchPointer {
    private static final int LENGTH_MAX = 8192;

    private final List<String> steps;

    private PatchPointer(List<String> steps) {
        this.steps = List.copyOf(steps);
    }

    /// @throws RuleException when it is too long
    static PatchPointer of(String text) throws RuleException {
        if (text.length() > LENGTH_MAX) {
            throw new RuleException("pointer has more than " + LENGTH_MAX + " characters");
        }
        List<String> steps = new ArrayList<>();
        String[] parts = text.split("/", -1);
        for (int i = 1; i < parts.length; i++) {
            steps.add(decoded(parts[i]));
        }
        return new PatchPointer(steps);
    }

    /// What RFC 6901 has against it; null when nothing.
    static @Nullable String flaw(String text) {
        if (!text.isEmpty() && !text.startsWith("/")) {
            return "'" + text + "' does not begin with /, so its first step is skipped";
        }
        for (int i = text.indexOf('~'); i >= 0; i = text.indexOf('~', i + 1)) {
            char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            if (next != '0' && next != '1') {
                return "'" + text + "' has a ~ that is neither ~0 nor ~1, so it stands for itself";
            }
        }
        return null;
    }

    /// Keys and indexes, [String] and [Integer], of the node in this tree; null when it has none
    /// there, which includes the root.
    public @Nullable List<Object> find(JsonNode root) {
        if (steps.isEmpty()) {
            return null;
        }
        List<Object> path = new ArrayList<>();
        JsonNode node = root;
        for (String step : steps) {
            if (node.isObject() && node.has(step)) {
                path.add(step);
                node = node.get(step);
            } else if (node.isArray() && index(step, node.size()) != null) {
                int index = java.util.Objects.requireNonNull(index(step, node.size()));
                path.add(index);
                node = node.get(index);
            } else {
                return null;
            }
        }
        return path;
    }

    private static @Nullable Integer index(String step, int size) {
        try {
            int index = Integer.parseInt(step);
            int found = index < 0 ? index + size : index;
            return found >= 0 && found < size ? found : null;
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static String decoded(String step) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < step.length(); i++) {
            char next = i + 1 < step.length() ? step.charAt(i + 1) : ' ';
            if (step.charAt(i) == '~' && (next == '0' || next == '1')) {
                text.append(next == '0' ? '~' : '/');
                i++;
            } else {
                text.append(step.charAt(i));
            }
        }
        return text.toString();
    }
}
