package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.rules.RuleProblem;
import dev.driftledger.drift.rules.RuleSet;
import dev.driftledger.drift.rules.Whole;
import dev.driftledger.testkit.Manifests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What rules hide of a resource that is on one side only. The three systems' own marks are in the
/// golden case `58-rules-about-one-side` too.
class OneSideTest {
    private static final ObjectNode CART =
            Manifests.one(
                    "{apiVersion: v1, kind: ConfigMap, metadata: {name: cart}, data: {a: b}}");
    private static final Owner BY_HAND =
            new Owner(
                    Owner.Type.HUMAN,
                    "kubectl-create",
                    "Update",
                    null,
                    null,
                    null,
                    Owner.Evidence.FINAL_STATE);

    private static final String ALL = "differences: [missing, extra, unmanaged]";

    private static RuleSet rules(String yaml) {
        return RuleSet.parse(Manifests.all(yaml), "test", Manifests::one);
    }

    private static RuleSet own(String rule) {
        return rules(
                "{apiVersion: driftledger.dev/v1, kind: IgnoreRules, rules: [{id: r, reason: x, "
                        + rule
                        + "}]}");
    }

    private static Verdict verdict(Whole whole) {
        return switch (whole) {
            case MISSING -> new Verdict.Missing();
            case EXTRA -> new Verdict.Extra(BY_HAND);
            case UNMANAGED -> new Verdict.Unmanaged(BY_HAND);
        };
    }

    private static boolean hides(RuleSet rules, Whole whole, ObjectNode object) {
        return !OneSide.judge(rules, verdict(whole), object).hidings().isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "target: {kind: ConfigMap}, ALL | true | true | true",
                "target: {kind: ConfigMap}, differences: [missing] | true | false | false",
                "target: {kind: ConfigMap}, differences: [extra] | false | true | false",
                "target: {kind: ConfigMap}, differences: [unmanaged] | false | false | true",
                "target: {kind: ConfigMap}, differences: [changed] | false | false | false",
                "target: {kind: ConfigMap}, owners: [human], ALL | false | true | true",
                "target: {kind: ConfigMap}, owners: [controller], ALL | false | false | false",
                "target: {kind: ConfigMap}, managers: [kubectl-create], ALL | false | true | true",
                "target: {kind: ConfigMap}, managers: [kubectl-edit], ALL | false | false | false",
                "target: {kind: ConfigMap, name: c*t}, ALL | true | true | true",
                "target: {kind: ConfigMap, name: other}, ALL | false | false | false",
                "target: {kind: ConfigMap}, paths: ['**'] | false | false | false"
            })
    void a_rule_without_paths_is_about_the_whole_resource(
            String rule, boolean missing, boolean extra, boolean unmanaged) {
        RuleSet rules = own(rule.replace("ALL", ALL));

        assertThat(rules.problems()).isEmpty();
        assertThat(hides(rules, Whole.MISSING, CART)).isEqualTo(missing);
        assertThat(hides(rules, Whole.EXTRA, CART)).isEqualTo(extra);
        assertThat(hides(rules, Whole.UNMANAGED, CART)).isEqualTo(unmanaged);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "target: {kind: '*'}",
                "target: {kind: '*'}, differences: []",
                "target: {kind: '*'}, managers: [kubectl]",
                "target: {kind: '*'}, paths: []",
                "target: {kind: '*'}, paths: null",
                "target: {kind: '*'}, paths: [data], differences: [missing]",
                "target: {kind: '*'}, differences: [gone]",
                "differences: [missing]"
            })
    void what_may_mean_more_than_it_says_hides_nothing(String rule) {
        RuleSet rules = own(rule);

        assertThat(rules.problems()).extracting(RuleProblem::rule).containsExactly("r");
        assertThat(hides(rules, Whole.MISSING, CART)).isFalse();
    }

    @Test
    void a_rule_whose_paths_were_forgotten_is_told_what_to_write() {
        assertThat(own("target: {kind: '*'}").problems())
                .extracting(RuleProblem::message)
                .singleElement()
                .asString()
                .contains("paths is missing", "differences", "missing, overlay, removed");
    }

    @Test
    void what_is_hidden_is_told_with_its_rule_and_is_everything() {
        // Given
        RuleSet rules = own("target: {kind: ConfigMap}, " + ALL);

        // When
        Judgement judgement = OneSide.judge(rules, new Verdict.Missing(), CART);

        // Then
        assertThat(judgement.verdict()).isInstanceOf(Verdict.Ignored.class);
        Hiding hiding = judgement.hidings().getFirst();
        assertThat(hiding.rule()).isEqualTo("r");
        assertThat(hiding.whole()).isEqualTo(Whole.MISSING);
        assertThat(hiding.everything()).isTrue();
        assertThat(hiding.fieldsCount()).isEqualTo(1);
        assertThat(judgement.problems()).isEmpty();
    }

    @Test
    void what_is_hidden_is_what_a_comparison_would_read() {
        // Given
        RuleSet rules = own("target: {kind: ConfigMap}, " + ALL);
        ObjectNode busy =
                Manifests.one(
                        "{apiVersion: v1, kind: ConfigMap, data: {a: b}, status: {seen: 7},"
                                + " metadata: {name: cart, resourceVersion: '9',"
                                + " managedFields: [{manager: kubectl-create}]}}");
        ObjectNode other =
                Manifests.one(
                        "{apiVersion: v1, kind: ConfigMap, data: {a: b},"
                                + " metadata: {name: cart, labels: {a: b}}}");

        // When
        Hiding quiet = OneSide.judge(rules, verdict(Whole.EXTRA), CART).hidings().getFirst();

        // Then
        assertThat(OneSide.judge(rules, verdict(Whole.EXTRA), busy).hidings())
                .containsExactly(quiet);
        assertThat(OneSide.judge(rules, verdict(Whole.EXTRA), other).hidings().getFirst())
                .satisfies(hiding -> assertThat(hiding.fieldsCount()).isEqualTo(2))
                .satisfies(hiding -> assertThat(hiding.digest()).isNotEqualTo(quiet.digest()));
    }

    @Test
    void what_is_missing_and_what_is_extra_are_not_the_same_hidden_thing() {
        // Given
        RuleSet rules = own("target: {kind: ConfigMap}, " + ALL);

        // When
        Hiding missing = OneSide.judge(rules, verdict(Whole.MISSING), CART).hidings().getFirst();
        Hiding extra = OneSide.judge(rules, verdict(Whole.EXTRA), CART).hidings().getFirst();

        // Then
        assertThat(missing.digest()).isNotEqualTo(extra.digest());
        assertThat(missing.fieldsCount()).isEqualTo(extra.fieldsCount());
    }

    @Test
    void a_verdict_about_two_sides_stays_as_it_is() {
        // Given
        RuleSet rules = own("target: {kind: '*'}, " + ALL);
        Verdict unknown = new Verdict.Unknown("not seen");

        // When
        Judgement judgement = OneSide.judge(rules, unknown, CART);

        // Then
        assertThat(judgement).isEqualTo(new Judgement(unknown, List.of(), List.of()));
    }

    /// A HelmRelease leaves alone what is missing by a path of all, a Kustomization creates it.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "helm.toolkit.fluxcd.io/v2 | HelmRelease"
                        + " | driftDetection: {ignore: [{paths: ['']}]} | true",
                "kustomize.toolkit.fluxcd.io/v1 | Kustomization"
                        + " | ignore: [{paths: ['']}] | false",
                "argoproj.io/v1alpha1 | Application"
                        + " | ignoreDifferences: [{group: '*', kind: '*', jsonPointers: [/]}]"
                        + " | false"
            })
    void a_rule_of_a_reconciler_hides_what_is_missing_where_that_reconciler_does(
            String version, String kind, String spec, boolean missing) {
        RuleSet rules =
                rules(
                        "{apiVersion: %s, kind: %s, metadata: {name: shop}, spec: {%s}}"
                                .formatted(version, kind, spec));

        assertThat(hides(rules, Whole.MISSING, CART)).isEqualTo(missing);
        assertThat(hides(rules, Whole.EXTRA, CART)).isFalse();
        assertThat(hides(rules, Whole.UNMANAGED, CART)).isFalse();
    }

    /// An empty group is the core group, an absent kind or name is any; as in Argo CD.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: ConfigMap | true",
                "name: c* | true",
                "group: '*' | true",
                "group: apps | false",
                "kind: Secret | false"
            })
    void orphans_of_an_app_project_are_named_by_globs(String ignore, boolean unmanaged) {
        RuleSet rules =
                rules(
                        "{apiVersion: argoproj.io/v1alpha1, kind: AppProject, metadata: {name: p},"
                                + " spec: {orphanedResources: {ignore: [{"
                                + ignore
                                + "}]}}}");

        assertThat(hides(rules, Whole.UNMANAGED, CART)).isEqualTo(unmanaged);
        assertThat(hides(rules, Whole.EXTRA, CART)).isFalse();
    }

    @Test
    void a_broken_glob_of_an_app_project_is_a_problem() {
        RuleSet rules =
                rules(
                        "{apiVersion: argoproj.io/v1alpha1, kind: AppProject, metadata: {name: p},"
                                + " spec: {orphanedResources: {ignore: [{name: '{a'}]}}}");

        assertThat(rules.problems())
                .extracting(RuleProblem::rule)
                .containsExactly("argocd:AppProject/p/1");
        assertThat(hides(rules, Whole.UNMANAGED, CART)).isFalse();
    }
}
