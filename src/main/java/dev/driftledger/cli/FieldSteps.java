package dev.driftledger.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Step.Stage;
import java.util.Set;

/// Takes everything out of explanations that is not about some fields.
final class FieldSteps {
    /// What is said of an object as a whole and bears on each of its fields.
    private static final Set<String> WHOLE = Set.of(Stage.JUDGEMENT.label(), Stage.VERDICT.label());

    private FieldSteps() {}

    /// Leaves explanations that say something of such fields, with rules and verdicts.
    ///
    /// @param field prefix of their paths
    /// @throws IllegalArgumentException when no explanation has such a field
    static void keep(ArrayNode explanations, String field) {
        for (int i = explanations.size() - 1; i >= 0; i--) {
            if (!keep((ObjectNode) explanations.get(i), field)) {
                explanations.remove(i);
            }
        }
        if (explanations.isEmpty()) {
            throw new IllegalArgumentException(
                    "--field: no such field: no path that was compared begins with '"
                            + field
                            + "'");
        }
    }

    private static boolean keep(ObjectNode explanation, String field) {
        boolean found = false;
        ArrayNode kept = explanation.arrayNode();
        for (JsonNode step : explanation.path("steps")) {
            String path = step.path("path").asText();
            boolean inside = !path.isEmpty() && path.startsWith(field);
            found |= inside;
            if (inside || (path.isEmpty() && WHOLE.contains(step.path("stage").asText()))) {
                kept.add(step);
            }
        }
        explanation.set("steps", kept);
        return found;
    }
}
