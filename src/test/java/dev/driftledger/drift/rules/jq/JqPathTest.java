package dev.driftledger.drift.rules.jq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.rules.RuleException;
import dev.driftledger.model.Json;
import dev.driftledger.model.ObjectBytes;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// jq path expressions against gojq, and against those who mean harm.
class JqPathTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "drift", "rules", "jq");
    private static final int STACK_BYTES = 512 * 1024;

    @Test
    void agrees_with_gojq_in_what_an_expression_deletes() throws IOException {
        // Given
        List<String> inputs = Files.readAllLines(FOLDER.resolve("inputs.jsonl"));
        Set<String> deviations =
                new TreeSet<>(Files.readAllLines(FOLDER.resolve("deviations.txt")));
        Set<String> unusedDeviations = new TreeSet<>(deviations);
        List<String> disagreements = new ArrayList<>();

        // When
        List<JsonNode> rows = rows();
        for (JsonNode row : rows) {
            String expression = row.path("expression").asText();
            String input = inputs.get(row.path("input").asInt());
            String got = outcome(expression, input);
            String wanted = wanted(row, input);
            if (got.equals(wanted)) {
                continue;
            }
            if (!unusedDeviations.remove(expression) && !deviations.contains(expression)) {
                disagreements.add(
                        expression + "\n  ours " + got + "\n  gojq " + wanted + " " + row);
            }
        }

        // Then
        assertThat(disagreements).isEmpty();
        assertThat(unusedDeviations).as("deviations.txt").isEmpty();
        assertThat(rows).hasSizeGreaterThan(1000);
    }

    @Tag("small-stack")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "def f: f; f",
                "def f: ., f; f",
                "def f: f | f; f",
                "def f(g): f(f(g)); f(.)",
                "range(1e12)",
                "[range(1e12)]",
                "select([range(1e9)] | length > 0)",
                "select(reduce range(1e9) as $i (0; . + 1) > 0)",
                "select(reduce range(1000) as $i (\"x\"; . + .) == \"\")",
                "select(reduce range(1000) as $i ([1]; . + .) == [])",
                "select(reduce range(1000) as $i (2; . * .) == 0)",
                "select(reduce range(1000) as $i (\"x\"; \"\\(.)\\(.)\") == \"\")",
                "select(reduce range(100000) as $i ([]; [.]) == [])",
                "select(reduce range(100000) as $i ({}; {a: .}) | tojson == \"\")",
                "select(\"x\" * 1e15 == \"\")",
                "select([repeat(1)] == [])",
                "repeat(.)",
                "repeat(empty)",
                "select([1 | while(true; . + 1)] == [])",
                "select((1 | until(false; . + 1)) == 1)",
                "recurse(.)",
                "[recurse([.])]",
                "(.,.)|(.,.)|(.,.)|(.,.)|(.,.)|(.,.)|(.,.)|(.,.)|(.,.)|(.,.)|(.,.)|(.,.)|(.,.)"
                        + "|(.,.)|(.,.)|(.,.)|(.,.)|(.,.)|(.,.)|(.,.)|(.,.)|(.,.)|(.,.)|(.,.)",
                "try (def f: f; f) catch .",
                "(def f: f; f)?",
                "label $x | def f: f; f",
                "select(\"aaaaaaaaaaaaaaaa!\" | test(\"((((a{1000}){1000}){1000}))\"))",
                "select([range(3000)] | map(tostring) | join(\"a\") | test(\"(a|a)*(a*)*b\"))",
                ".a[1e300:1e308]?, range(1e9)",
                "range(0; 1; 0), range(1e300; 1e308)",
                "getpath([range(1e7)])"
            })
    void ends_within_its_budget_and_always_in_the_same_way(String expression) throws Exception {
        // Given
        JsonNode object = tree("{\"a\":[1,2,3],\"b\":{\"c\":1}}");
        JqPath path = JqPath.of(expression);
        List<String> outcomes = new ArrayList<>();

        // When: twice, on the small stack that a busy thread may have left
        for (int i = 0; i < 2; i++) {
            Thread thread =
                    new Thread(null, () -> outcomes.add(attempt(path, object)), "jq", STACK_BYTES);
            thread.start();
            thread.join();
        }

        // Then
        assertThat(outcomes).hasSize(2);
        assertThat(outcomes.get(0)).isEqualTo(outcomes.get(1)).doesNotContain("StackOverflow");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env.HOME",
                "select($ENV.HOME == \"\")",
                "select(now > 0)",
                "input",
                "inputs",
                "debug",
                "stderr",
                "input_filename",
                "$__loc__",
                "input_line_number",
                "halt",
                "halt_error",
                "get_search_list",
                "modulemeta",
                "import \"a\" as a; .a",
                "include \"a\"; .a",
                "localtime",
                "builtins",
                "getpath(env)",
                ".a), .b, (.c",
                ".a) | del(.b"
            })
    void refuses_what_depends_on_more_than_the_object(String expression) {
        assertThatThrownBy(() -> JqPath.of(expression))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("jq expression");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "splits/1",
                "ascii/0",
                "explode/0",
                "implode/0",
                "walk/1",
                "transpose/0",
                "indices/1",
                "sub/2",
                "gsub/2",
                "match/1",
                "capture/1",
                "scan/1",
                "tostream/0",
                "pick/1",
                "combinations/0",
                "infinite/0",
                "nan/0",
                "todate/0",
                "sqrt/0",
                "pow/2",
                "trimstr/1",
                "bsearch/1",
                "setpath/2",
                "delpaths/1",
                "keys_unsorted/0",
                "length/1",
                "select/0",
                "range/4"
            })
    void refuses_functions_that_it_does_not_have_by_their_names(String function) {
        // Given
        String name = function.substring(0, function.indexOf('/'));
        int count = Integer.parseInt(function.substring(function.indexOf('/') + 1));
        String arguments = ".;".repeat(count).replaceFirst(";$", "");
        String call = count == 0 ? name : name + "(" + arguments + ")";

        // When, Then
        assertThatThrownBy(() -> JqPath.of(".a | " + call))
                .isInstanceOf(RuleException.class)
                .hasMessage(
                        "jq expression: ignore rules cannot use %s, which is unknown or depends on"
                                + " more than the object",
                        function);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@base64", "@json", "@text \"x\"", ".a | @csv", "@nosuch"})
    void refuses_formats(String expression) {
        assertThatThrownBy(() -> JqPath.of(expression))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("unexpected '@'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "error(\"said\") # said",
                "error({a: 1}) # an error of another type than text",
                "error(\"xxxxxxxxxx\" * 21) # (x{200})",
                ".a.b.c # cannot look up string in number",
                ".a.b[] # cannot iterate over number",
                "1 # invalid path: a computed value has no place in the object"
            })
    void says_what_fails_on_an_object(String expression, String message) throws Exception {
        // Given
        JqPath path = JqPath.of(expression);
        JsonNode object = tree("{\"a\":{\"b\":1}}");

        // When, Then
        assertThatThrownBy(() -> path.select(object))
                .isInstanceOf(RuleException.class)
                .hasMessageMatching("jq expression fails: " + message);
    }

    @Test
    void refuses_nesting_and_length_without_end() {
        for (String deep :
                List.of("(".repeat(2000) + "." + ")".repeat(2000), ".a" + "|.a".repeat(5000))) {
            assertThatThrownBy(() -> JqPath.of(deep)).isInstanceOf(RuleException.class);
        }
        for (String open : List.of("[", "{a:", "-", "if ", "\"\\(", "def f: ", "try ")) {
            assertThatThrownBy(() -> JqPath.of(open.repeat(500)))
                    .as(open)
                    .isInstanceOf(RuleException.class);
        }
    }

    private static String attempt(JqPath path, JsonNode object) {
        try {
            return "selected " + path.select(object);
        } catch (RuleException e) {
            return "refused " + e.getMessage();
        } catch (StackOverflowError e) {
            return e.toString();
        }
    }

    private static List<JsonNode> rows() throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(
                                        Files.newInputStream(FOLDER.resolve("golden.jsonl.gz"))),
                                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                rows.add(tree(line));
            }
        }
        return rows;
    }

    private static String wanted(JsonNode row, String input) throws IOException {
        if (row.has("refused")) {
            return "refused";
        }
        if (row.has("error")) {
            return "error";
        }
        if (row.path("null").asBoolean()) {
            return "null";
        }
        return written(row.path("same").asBoolean() ? tree(input) : row.path("output"));
    }

    private static String outcome(String expression, String input) throws IOException {
        JqPath path;
        try {
            path = JqPath.of(expression);
        } catch (RuleException _) {
            return "refused";
        }
        try {
            JsonNode tree = tree(input);
            for (List<Object> each : path.select(tree)) {
                if (each.isEmpty()) {
                    return "null";
                }
                remove(tree, each);
            }
            return written(tree);
        } catch (RuleException _) {
            return "error";
        }
    }

    private static void remove(JsonNode tree, List<Object> path) {
        JsonNode node = tree;
        for (Object step : path.subList(0, path.size() - 1)) {
            node = step instanceof Integer index ? node.path(index) : node.path(step.toString());
        }
        if (node instanceof ArrayNode list && path.getLast() instanceof Integer index) {
            list.remove(index);
        } else if (node instanceof ObjectNode object) {
            object.remove(path.getLast().toString());
        }
    }

    private static JsonNode tree(String json) throws IOException {
        return Json.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String written(JsonNode tree) {
        return new String(ObjectBytes.of(tree), StandardCharsets.UTF_8);
    }
}
