package dev.driftledger.drift.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftledger.testkit.Manifests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What cannot be used, or can be meant otherwise, hides nothing and is told by name.
class RuleProblemTest {
    @ParameterizedTest
    @ValueSource(strings = {"driftledger.dev/v2", "driftledger.dev/v9", "driftledger.dev/v1beta1"})
    void rules_of_another_version_are_not_used(String version) {
        RuleSet rules =
                parsed(
                        "{apiVersion: "
                                + version
                                + ", kind: IgnoreRules, rules: [{id: r, reason: x, target: {kind:"
                                + " X}, paths: [a]}]}");

        assertThat(rules.isEmpty()).isTrue();
        assertThat(rules.problems())
                .singleElement()
                .extracting(RuleProblem::message)
                .asString()
                .contains(version, "known is driftledger.dev/v1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/metadata/labels/foo | is a JSON pointer",
                ".metadata.labels | begins or ends with a dot",
                "metadata..labels | two in a row",
                "metadata.labels. | begins or ends with a dot",
                "metadata.labels[ | lacks a ]",
                "metadata.labels[foo | lacks a ]",
                "metadata.labels]foo | has a ] without its [",
                "metadata.annotations.example.com/a | has a / outside of brackets",
                "metadata.labels['foo'] | has quotation marks in brackets"
            })
    void paths_that_can_be_none_are_refused_with_the_spelling(String path, String flaw) {
        assertThatThrownBy(() -> FieldPattern.of(path.replace("'foo'", "\"foo\"")))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining(flaw)
                .hasMessageContaining("spelled like metadata.labels[example.com/a]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metadata.labels[foo] | metadata.labels.foo | true",
                "metadata.labels[] | metadata.labels.foo | true",
                "metadata.labels.* | metadata.labels[example.com/a] | true",
                "metadata.labels[f*] | metadata.labels.foo | true",
                "metadata.labels[f*] | metadata.labels.bar | false",
                "[metadata].labels | metadata.labels.foo | true",
                "spec.ports.http | spec.ports[http].port | true",
                "metadata.labels[] | metadata.labels | false",
                "args[a[0]].b | args[a[0]].b | true",
                "spec.** | spec[x].y | true",
                "spec.** | specs.y | false"
            })
    void a_step_means_the_same_after_a_dot_and_in_brackets(
            String path, String field, boolean covers) throws RuleException {
        assertThat(FieldPattern.of(path).covers(field)).isEqualTo(covers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{kind: X, jsonPointer: [/a]} | jsonPointer is not known, known are [group,",
                "{kind: X, namespce: foo, jsonPointers: [/a]} | namespce is not known",
                "{kind: X, namespace: foo} | names nothing to ignore; give one of [jq",
                "{kind: X, jsonPointers: []} | names nothing to ignore",
                "{kind: X, jsonPointers: /a} | jsonPointers must be a list of texts",
                "{kind: X, jqPathExpressions: [7]} | jqPathExpressions must be a list of texts",
                "{kind: X, name: 7, jsonPointers: [/a]} | name must be a text",
                "text | a rule must be an object with [group"
            })
    void an_item_of_an_application_that_says_more_than_is_read_hides_nothing(
            String item, String message) {
        RuleSet rules = application("ignoreDifferences: [" + item + "]");

        assertThat(rules.written()).isEmpty();
        assertProblem(rules, "argocd:shop/1", message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ignoreDifference", "ignoredifferences", "ignoreDiffs", "ingoreDifferences"})
    void a_misspelled_list_of_an_application_is_told(String key) {
        RuleSet rules = application(key + ": [{kind: X, jsonPointers: [/a]}]");

        assertProblem(rules, "argocd:shop", "spec." + key + " is not known");
    }

    @ParameterizedTest
    @ValueSource(strings = {"project: x", "ignoreDifferences: []", "ignoreDifferences:"})
    void an_application_needs_no_rules(String spec) {
        assertThat(application(spec).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "argocd-cmm | ignoreDifferences.all | 'jsonPointers: [/a]' | f"
                        + " | the ConfigMap 'argocd-cmm' has no ignore rules",
                "argocd-cm | ignoreDifference.all | 'jsonPointers: [/a]'"
                        + " | resource.customizations.ignoreDifference.all | not known, known is",
                "argocd-cm | ignoreDifferences.all | 'jsonPointer: [/a]'"
                        + " | resource.customizations.ignoreDifferences.all"
                        + " | jsonPointer is not known",
                "argocd-cm | ignoreDifferences.all | '{}'"
                        + " | argocd-cm:all | names nothing to ignore",
                "argocd-cm | ignoreDifferences.all | '- /a'"
                        + " | resource.customizations.ignoreDifferences.all"
                        + " | a rule must be an object"
            })
    void settings_of_argo_under_another_name_or_key_hide_nothing(
            String name, String key, String text, String rule, String message) {
        RuleSet rules =
                parsed(
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: "
                                + name
                                + "}, data: {resource.customizations."
                                + key
                                + ": '"
                                + text
                                + "'}}");

        assertThat(rules.isEmpty()).isTrue();
        assertThat(rules.problems())
                .singleElement()
                .extracting(RuleProblem::message)
                .asString()
                .contains(message);
        assertThat(rules.problems())
                .extracting(RuleProblem::rule)
                .allMatch(each -> each.equals(rule) || rule.equals("argocd-cm:all"));
    }

    @Test
    void one_bad_customization_of_argo_leaves_the_others() {
        RuleSet rules =
                parsed(
                        """
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: argocd-cm}
                        data:
                          resource.customizations: |-
                            {a/A: {ignoreDifferences: 'jsonPointer: [/a]'},
                             b/B: {ignoreDifferences: {jsonPointers: [/a]}},
                             c/C: {ignoreDifferences: 'jsonPointers: [/a]'}}
                        """);

        assertThat(rules.written()).extracting(Rule::id).containsExactly("argocd-cm:c_C/pointer/1");
        assertThat(rules.problems())
                .extracting(problem -> problem.rule() + " " + problem.message())
                .satisfiesExactly(
                        key -> assertThat(key).startsWith("argocd-cm:a_A jsonPointer is not known"),
                        map ->
                                assertThat(map)
                                        .isEqualTo(
                                                "argocd-cm:b_B ignoreDifferences must be a text"));
    }

    @Test
    void a_used_rule_with_a_flaw_is_not_said_to_hide_nothing() {
        RuleSet rules =
                application(
                        "ignoreDifferences: [{kind: X, jsonPointers: [a/b], jqPathExpressions:"
                                + " ['.a |']}]");

        assertThat(rules.problems())
                .extracting(rules::words)
                .satisfiesExactly(
                        flawed -> assertThat(flawed).startsWith("is used, but 'a/b' does not"),
                        broken -> assertThat(broken).startsWith("hides nothing: jq expression"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ignore: [{path: [/a]}]} | /1 | path is not known, known are [paths, target]",
                "{ignore: [{target: {kind: X}}]} | /1 | paths is missing or empty",
                "{ignore: [{paths: [/a], target: {namespce: foo}}]} | /1"
                        + " | target.namespce is not known",
                "{ignore: [{paths: [/a], target: X}]} | /1 | target must be an object",
                "{ignore: [{paths: /a}]} | /1 | paths must be a list of texts",
                "{ignore: {paths: [/a]}} | '' | spec.driftDetection.ignore must be a list",
                "{ignores: [{paths: [/a]}]} | '' | spec.driftDetection.ignores is not known"
            })
    void an_item_of_flux_that_says_more_than_is_read_hides_nothing(
            String detection, String place, String message) {
        RuleSet rules =
                parsed(
                        "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata:"
                                + " {name: r}, spec: {driftDetection: "
                                + detection
                                + "}}");

        assertThat(rules.written()).isEmpty();
        assertProblem(rules, "flux:HelmRelease/r" + place, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ignore: [{path: [/a]}] | flux:Kustomization/k/1 | path is not known",
                "ignored: [{paths: [/a]}] | flux:Kustomization/k | spec.ignored is not known"
            })
    void a_misspelled_kustomization_is_told(String spec, String rule, String message) {
        RuleSet rules =
                parsed(
                        "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization,"
                                + " metadata: {name: k}, spec: {ignoreMissingComponents: true, "
                                + spec
                                + "}}");

        assertProblem(rules, rule, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "orphanedResources: {ignore: [{kind: X, namespace: a}]}"
                        + " | argocd:AppProject/p/1 | namespace is not known",
                "orphanedResources: {ignored: [{kind: X}]} | argocd:AppProject/p"
                        + " | spec.orphanedResources.ignored is not known",
                "orphanedResource: {ignore: [{kind: X}]} | argocd:AppProject/p"
                        + " | spec.orphanedResource is not known"
            })
    void a_misspelled_project_is_told(String spec, String rule, String message) {
        RuleSet rules =
                parsed(
                        "{apiVersion: argoproj.io/v1alpha1, kind: AppProject, metadata: {name: p},"
                                + " spec: {"
                                + spec
                                + "}}");

        assertThat(rules.isEmpty()).isTrue();
        assertProblem(rules, rule, message);
    }

    private static void assertProblem(RuleSet rules, String rule, String message) {
        assertThat(rules.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.rule()).isEqualTo(rule))
                .satisfies(problem -> assertThat(problem.message()).contains(message));
    }

    private static RuleSet application(String spec) {
        return parsed(
                "{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: shop},"
                        + " spec: {"
                        + spec
                        + "}}");
    }

    /// Reads a text inside of a document, which may be no object, as the item of a list.
    private static RuleSet parsed(String document) {
        return RuleSet.parse(
                Manifests.all(document), "f", text -> Manifests.one("x:\n  " + text).path("x"));
    }
}
