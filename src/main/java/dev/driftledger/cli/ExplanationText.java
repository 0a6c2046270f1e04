package dev.driftledger.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/// Steps of an explanation for people: those of one field together, in the order in which they
/// fired.
final class ExplanationText {
    private static final int STAGE_WIDTH = 9;
    private static final int RULE_WIDTH = 20;

    private ExplanationText() {}

    /// Prints one resource.
    ///
    /// @param steps as [ComparisonJson#steps(java.util.List)] makes them and the service answers
    static void print(PrintWriter out, String title, JsonNode steps) {
        out.println(Printable.text(title));
        String last = "";
        for (JsonNode step : steps) {
            String path = step.path("path").asText();
            if (!path.equals(last) && !path.isEmpty()) {
                out.println("  " + Printable.text(path));
            }
            String indent = path.isEmpty() ? "  " : "    ";
            out.println(
                    indent
                            + Printable.padded(step.path("stage").asText(), STAGE_WIDTH)
                            + "  "
                            + Printable.padded(
                                    Printable.text(step.path("rule").asText()), RULE_WIDTH)
                            + "  "
                            + Printable.text(step.path("words").asText()));
            last = path;
        }
    }
}
