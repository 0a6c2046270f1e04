package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.testkit.Manifests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What people read of a difference.
class SpellingTest {
    private static String thing(String spec) {
        return "{apiVersion: a.example/v1, kind: Thing, metadata: {name: a}, spec: " + spec + "}";
    }

    private static List<String> told(Comparison pair, String rule) {
        return Explanation.of(pair).steps().stream()
                .filter(step -> step.rule().equals(rule))
                .map(Step::words)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{a: 1} | {a: 2} | git names a value and the cluster has another",
                "{a: 1} | {} | git names it and the cluster has none",
                "{a: 1} | {a: [1]} | another type of value",
                "{a: [1]} | {a: [1, 2]} | a list that is one value has another number of items",
                "{a: [{name: x}, {name: x}]} | {a: [{name: x}, {name: y}]}"
                        + " | two items have one key: the list is one value",
                "{} | {a: 1} | nobody can be told: ownership was erased"
            })
    void a_difference_says_in_a_sentence_why_it_is_one(String desired, String live, String why) {
        assertThat(Inline.only(Inline.pair(thing(desired), thing(live))).why("ci")).isEqualTo(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kubectl-edit | added | laid over git's state by somebody else than its applier",
                "some-controller | controller | written by a controller or admission",
                "ci | left-by-applier | its applier still owns what git names no more"
            })
    void what_only_the_cluster_has_says_whose_it_is(String manager, String rule, String why) {
        // Given
        String live =
                thing("{b: 1, a: 1}")
                        .replace(
                                "name: a",
                                "name: a, managedFields: [{manager: "
                                        + manager
                                        + ", operation: Update, fieldsV1:"
                                        + " {'f:spec': {'f:a': {}}}}]");

        // When
        Verdict verdict = Comparator.compare(Inline.pair(thing("{b: 1}"), live));
        Difference found =
                verdict instanceof Verdict.Drifted drifted
                        ? drifted.differences().getFirst()
                        : Spelling.notes(verdict).getFirst();

        // Then
        assertThat(found.rule()).isEqualTo(rule);
        assertThat(found.why("ci")).isEqualTo(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1000m | '1' | quantity | both are the amount 1",
                "1Gi | '1073741824' | quantity | both are the amount 1073741824",
                "0.1m | 1m | quantity | the API server rounds 0.0001 up to 0.001"
            })
    void amounts_that_are_the_same_are_spelled_out(
            String desired, String live, String rule, String words) {
        // Given
        String quota =
                "{apiVersion: v1, kind: ResourceQuota, metadata: {name: a}, spec: {hard: {x: %s}}}";

        // When
        Comparison pair =
                Inline.pair(
                        quota.formatted("'" + desired + "'"), quota.formatted("'" + live + "'"));

        // Then
        assertThat(told(pair, rule)).singleElement().asString().endsWith(words);
    }

    @Test
    void a_default_of_a_schema_and_one_of_go_code_are_told_apart() {
        // Given
        String crd =
                """
                {kind: CustomResourceDefinition, spec: {group: a.example, names: {kind: Thing},
                 versions: [{name: v1, schema: {openAPIV3Schema: {type: object, properties: {
                   spec: {type: object, properties: {size: {type: integer, default: 3}}}}}}}]}}
                """;
        Comparison pair = Inline.pair(thing("{}"), thing("{size: 3}"));
        String deployment = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: ";

        // When
        Comparison described =
                new Comparison(
                        pair.desired(),
                        pair.live(),
                        pair.background(),
                        Comparison.Criteria.builtIn(Schemas.empty().withCrd(Manifests.one(crd))));

        // Then
        assertThat(told(described, "default"))
                .containsExactly("git leaves it out, and 3 is the default: the schema says so");
        assertThat(
                        told(
                                Inline.pair(
                                        deployment + "{paused: true, revisionHistoryLimit: 10}}",
                                        deployment + "{paused: true}}"),
                                "default"))
                .containsExactly(
                        "the cluster leaves it out, and 10 is the default: Go code of Kubernetes,"
                                + " pkg/apis/apps/v1/defaults.go,"
                                + " DeploymentSpec.revisionHistoryLimit");
    }

    @Test
    void what_the_cluster_has_and_says_nothing_is_told() {
        assertThat(told(Inline.pair(thing("{b: 1}"), thing("{b: 1, a: []}")), "empty"))
                .containsExactly("only the cluster has it, and [] says nothing");
    }

    @Test
    void a_small_tree_is_spelled_out_and_of_a_large_one_its_size_is_told() {
        assertThat(Spelling.value(Manifests.one("{a: [1, {b: c}]}")))
                .isEqualTo("{\"a\":[1,{\"b\":\"c\"}]}");
        assertThat(Spelling.value(Manifests.one("{a: {b: {c: {}}}}")))
                .isEqualTo("{\"a\":{\"b\":{\"c\":{}}}}");
        assertThat(Spelling.value(Manifests.one("{a: {b: {c: {d: 1}}}}")))
                .isEqualTo("an object of 1");
        assertThat(Spelling.value(Manifests.one("{a: [1, 2, 3, 4, 5, 6, 7, 8]}")))
                .isEqualTo("{\"a\":[1,2,3,4,5,6,7,8]}");
        assertThat(Spelling.value(Manifests.one("{a: [1, 2, 3, 4, 5, 6, 7, 8, 9]}")))
                .isEqualTo("an object of 1");
        assertThat(Spelling.value(Manifests.one("{l: [1, 2, 3, 4, 5, 6, 7, 8, 9]}").path("l")))
                .isEqualTo("a list of 9");
        assertThat(Spelling.value(Manifests.one("{a: " + "x".repeat(201) + "}")))
                .isEqualTo("an object of 1");
        assertThat(Spelling.value(null)).isEqualTo("nothing");
    }

    @Test
    void a_text_is_cut_after_two_hundred_characters_and_says_how_long_it_was() {
        assertThat(Spelling.text("x".repeat(200))).isEqualTo("x".repeat(200));
        assertThat(Spelling.text("x".repeat(201)))
                .isEqualTo("x".repeat(200) + "… (201 characters)");
        assertThat(Spelling.text("")).isEqualTo("''");
    }

    @Test
    void a_rule_that_hides_everything_of_an_object_says_so_with_its_reason() {
        // Given
        String rules =
                "{apiVersion: driftledger.dev/v1, kind: IgnoreRules, rules: [{id: r, reason: why,"
                        + " target: {group: '*', kind: '*'}, paths: [PATH]}]}";
        Comparison pair = Inline.pair(thing("{a: 1, b: 1}"), thing("{a: 2, b: 2}"));

        // When, Then
        assertThat(told(Inline.ignoring(rules.replace("PATH", "spec"), pair), "ignore:r"))
                .last()
                .isEqualTo(
                        "the rule of test hides 2 fields, because why; it hides everything of"
                                + " substance");
        assertThat(told(Inline.ignoring(rules.replace("PATH", "spec.a"), pair), "ignore:r"))
                .last()
                .isEqualTo("the rule of test hides 1 field, because why");
        assertThat(told(Inline.ignoring(rules.replace("PATH", "spec"), pair), "ignored"))
                .containsExactly(
                        "ignored: rules hide everything that counts, 2 notes; less"
                                + " certain, for want of a schema");
    }
}
