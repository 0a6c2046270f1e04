package dev.driftledger.drift.rules.jq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.drift.rules.RuleException;
import dev.driftledger.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What expressions cost. `verify --recompute` runs the rules of old logs again and has to get the
/// same outcome, so that an expression that was just within its limits stays so.
class JqBudgetTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "drift", "rules", "jq");
    private static final int ENOUGH = 1 << 20;

    /// The least that an expression needs.
    private record Cost(long steps, long cells, int depth) {
        @Override
        public String toString() {
            return steps + " " + cells + " " + depth;
        }
    }

    /// `costs.txt` has the least steps, values and depth that each expression needs. With
    /// `-Ddriftledger.golden=write` they are written anew; then the engine's version has to change.
    @Test
    void each_expression_costs_exactly_what_it_always_did() throws IOException {
        // Given
        JsonNode input = Json.parse(Files.readAllBytes(FOLDER.resolve("values-input.json")));
        List<String> wanted = Files.readAllLines(FOLDER.resolve("costs.txt"));
        boolean write = "write".equals(System.getProperty("driftledger.golden"));
        List<String> got = new ArrayList<>();

        // When
        for (String line : wanted) {
            String[] words = line.split(" ", 4);
            Cost known =
                    new Cost(
                            Long.parseLong(words[0]),
                            Long.parseLong(words[1]),
                            Integer.parseInt(words[2]));
            boolean same = needsExactly(known, words[3], input);
            got.add((same ? known : cost(words[3], input)) + " " + words[3]);
        }

        // Then
        if (write) {
            Files.write(FOLDER.resolve("costs.txt"), got);
        }
        assertThat(got).isEqualTo(wanted).hasSizeGreaterThan(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "range(1e9) # steps",
                "repeat(empty) # steps",
                "[range(1e9)] # values",
                "reduce range(1e9) as $i (\"x\"; . + .) # values",
                "reduce range(1000) as $i ([]; [.]) | tojson # levels",
                "def f: f + 1; f # levels",
                "\"x\" * 1e9 # values",
            })
    void says_which_limit_was_exceeded(String expression, String what) {
        assertThatThrownBy(() -> run(expression, Json.parse("{}"), new Budget()))
                .isInstanceOf(RuleException.class)
                .hasMessageMatching("jq expression .* (more|deeper) than (1000000|500000|200) .*")
                .hasMessageEndingWith(what);
    }

    @Test
    void takes_a_million_steps_half_a_million_values_and_two_hundred_levels() throws Exception {
        // Given
        JsonNode none = Json.parse("{}");
        String deep = "." + " | .".repeat(99);

        // When, Then: what is just within the limits goes through, one more of it does not
        for (String within : List.of("last(range(999997))", "[range(249999)] | length", deep)) {
            assertThat(run(within, none, new Budget())).as(within).hasSize(1);
        }
        for (String beyond :
                List.of("last(range(999998))", "[range(250000)] | length", deep + " | .")) {
            assertThatThrownBy(() -> run(beyond, none, new Budget()))
                    .as(beyond)
                    .isInstanceOf(RuleException.class);
        }
    }

    private static boolean needsExactly(Cost cost, String expression, JsonNode input) {
        return passes(expression, input, new Budget(cost.steps, cost.cells, cost.depth))
                && !passes(expression, input, new Budget(cost.steps - 1, cost.cells, cost.depth))
                && !passes(expression, input, new Budget(cost.steps, cost.cells - 1, cost.depth))
                && !passes(expression, input, new Budget(cost.steps, cost.cells, cost.depth - 1));
    }

    private static Cost cost(String expression, JsonNode input) {
        return new Cost(
                least(n -> passes(expression, input, new Budget(n, ENOUGH, ENOUGH))),
                least(n -> passes(expression, input, new Budget(ENOUGH, n, ENOUGH))),
                (int) least(n -> passes(expression, input, new Budget(ENOUGH, ENOUGH, (int) n))));
    }

    /// The least number that is enough.
    private static long least(LongPredicate enough) {
        long low = 0;
        long high = ENOUGH;
        while (low < high) {
            long middle = (low + high) / 2;
            if (enough.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static boolean passes(String expression, JsonNode input, Budget budget) {
        try {
            run(expression, input, budget);
            return true;
        } catch (RuleException _) {
            return false;
        }
    }

    private static List<String> run(String expression, JsonNode input, Budget budget)
            throws RuleException {
        List<String> outputs = new ArrayList<>();
        try {
            new Evaluator(budget)
                    .run(
                            Parser.parse(expression),
                            Environment.EMPTY,
                            Item.plain(input),
                            each -> outputs.add(each.value().toString()));
        } catch (JqError e) {
            outputs.add(e.shortened());
        }
        return outputs;
    }
}
