package dev.driftledger.drift.rules.jq;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.drift.rules.RuleException;
import dev.driftledger.model.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/// What expressions compute, against gojq.
class JqValuesTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "drift", "rules", "jq");

    @Test
    void agrees_with_gojq_in_all_that_an_expression_gives() throws IOException {
        // Given
        JsonNode input = Json.parse(Files.readAllBytes(FOLDER.resolve("values-input.json")));
        Set<String> deviations =
                new TreeSet<>(Files.readAllLines(FOLDER.resolve("values-deviations.txt")));
        List<String> expressions = new ArrayList<>();
        Set<String> unused = new TreeSet<>(deviations);
        List<String> disagreements = new ArrayList<>();

        // When
        for (JsonNode row : rows()) {
            String expression = row.path("expression").asText();
            expressions.add(expression);
            List<String> got = outcome(expression, input);
            List<String> wanted = wanted(row);
            if (!got.equals(wanted) && !unused.remove(expression)) {
                disagreements.add(expression + "\n" + difference(got, wanted) + row.path("error"));
            }
        }

        // Then
        assertThat(disagreements).isEmpty();
        assertThat(unused).as("values-deviations.txt").isEmpty();
        assertThat(expressions)
                .isEqualTo(Files.readAllLines(FOLDER.resolve("values.txt")))
                .hasSizeGreaterThan(400);
    }

    /// Where the first outputs that differ begin to.
    private static String difference(List<String> got, List<String> wanted) {
        int output = 0;
        while (output < Math.min(got.size(), wanted.size())
                && got.get(output).equals(wanted.get(output))) {
            output++;
        }
        String ours = output < got.size() ? got.get(output) : "nothing";
        String theirs = output < wanted.size() ? wanted.get(output) : "nothing";
        int same = 0;
        while (same < Math.min(ours.length(), theirs.length())
                && ours.charAt(same) == theirs.charAt(same)) {
            same++;
        }
        return "  output %d from %d%n  ours %s%n  gojq %s%n"
                .formatted(output, same, part(ours, same), part(theirs, same));
    }

    private static String part(String text, int around) {
        return text.substring(
                Math.max(0, Math.min(around, text.length()) - 20),
                Math.min(text.length(), around + 60));
    }

    private static List<JsonNode> rows() throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(
                                        Files.newInputStream(FOLDER.resolve("values.jsonl.gz"))),
                                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                rows.add(Json.parse(line.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return rows;
    }

    private static List<String> wanted(JsonNode row) {
        List<String> outputs = new ArrayList<>();
        if (row.has("refused")) {
            outputs.add("refused");
        }
        row.path("outputs").forEach(each -> outputs.add(written(each)));
        if (row.has("error")) {
            outputs.add("error");
        }
        return outputs;
    }

    private static List<String> outcome(String expression, JsonNode input) {
        List<String> outputs = new ArrayList<>();
        Expression parsed;
        try {
            parsed = Parser.parse(expression);
        } catch (RuleException _) {
            return List.of("refused");
        }
        try {
            new Evaluator(new Budget())
                    .run(
                            parsed,
                            Environment.EMPTY,
                            Item.plain(input),
                            each -> outputs.add(written(each.value())));
        } catch (JqError _) {
            outputs.add("error");
        } catch (RuleException e) {
            outputs.add(e.getMessage());
        }
        return outputs;
    }

    private static String written(JsonNode value) {
        try {
            return JsonText.of(value, new Budget());
        } catch (RuleException e) {
            throw new AssertionError(e);
        }
    }
}
