package dev.driftledger.drift.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.testkit.Manifests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which objects the rules of Argo CD and Flux are about, and what of them is reported.
class ForeignRulesTest {
    private static final String EXTRANEOUS =
            "argocd:argocd.argoproj.io/compare-options=IgnoreExtraneous";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apps/v1 | Deployment | shop | cart | 1/pointer/1 4/pointer/1",
                "apps/v1 | Deployment | shop | cart2 | 1/pointer/1",
                "apps/v1 | Deployment | other | cart | 1/pointer/1",
                "batch/v1 | Deployment | shop | cart | ''",
                "v1 | Service | shop | cart | 2/pointer/1",
                "v1 | Secret | shop | any | 3/jq/1",
                "v1 | Secret | sho | any | ''"
            })
    void argo_rules_are_about_globs_of_kinds_and_exact_names(
            String apiVersion, String kind, String namespace, String name, String ids) {
        // Given
        RuleSet rules =
                parsed(
                        """
                        {apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a},
                        spec: {ignoreDifferences: [
                        {group: app*, kind: Deployment, jsonPointers: [/spec]},
                        {kind: Service, jsonPointers: [/spec]},
                        {group: '', kind: '*ret', namespace: shop, jqPathExpressions: [.data]},
                        {group: apps, kind: '*', namespace: shop, name: cart,
                         jsonPointers: [/x]}]}}
                        """);

        // When
        List<String> about = about(rules, object(apiVersion, kind, namespace, name, "{}"));

        // Then
        assertThat(rules.problems()).isEmpty();
        assertThat(about)
                .containsExactlyElementsOf(
                        ids.isEmpty()
                                ? List.of()
                                : List.of(ids.split(" ", -1)).stream()
                                        .map(id -> "argocd:a/" + id)
                                        .toList());
    }

    @Test
    void settings_of_argo_hold_for_the_kind_in_their_key_in_both_forms() {
        // Given
        RuleSet rules =
                parsed(
                        """
                        apiVersion: v1
                        kind: ConfigMap
                        data:
                          resource.customizations.ignoreDifferences.apps_Deployment: |
                            jsonPointers: [/spec/a]
                          resource.customizations.ignoreDifferences.Service: |
                            jsonPointers: [/spec/b]
                          resource.customizations.ignoreDifferences.all: |
                            managedFieldsManagers: [hpa]
                          resource.customizations: |
                            apps/StatefulSet:
                              ignoreDifferences: |
                                jqPathExpressions: [.spec.c]
                            apps/DaemonSet:
                              health.lua: x
                            '*/*':
                              ignoreDifferences: |
                                jsonPointers: [/status]
                        """);

        // When, Then
        assertThat(rules.problems()).isEmpty();
        assertThat(about(rules, object("apps/v1", "Deployment", "n", "x", "{}")))
                .containsExactlyInAnyOrder(
                        "argocd-cm:apps_Deployment/pointer/1",
                        "argocd-cm:all/managers",
                        "argocd-cm:all/pointer/1");
        assertThat(about(rules, object("v1", "Service", "n", "x", "{}")))
                .containsExactlyInAnyOrder(
                        "argocd-cm:Service/pointer/1",
                        "argocd-cm:all/managers",
                        "argocd-cm:all/pointer/1");
        assertThat(about(rules, object("apps/v1", "StatefulSet", "n", "x", "{}")))
                .containsExactlyInAnyOrder(
                        "argocd-cm:apps_StatefulSet/jq/1",
                        "argocd-cm:all/managers",
                        "argocd-cm:all/pointer/1");
        assertThat(about(rules, object("apps/v1", "DaemonSet", "n", "x", "{}")))
                .containsExactlyInAnyOrder("argocd-cm:all/managers", "argocd-cm:all/pointer/1");
    }

    @Test
    void settings_of_argo_without_effect_are_reported() {
        // When
        RuleSet rules =
                parsed(
                        """
                        apiVersion: v1
                        kind: ConfigMap
                        data:
                          unrelated: x
                          resource.compareoptions: 'ignoreResourceStatusField: crd'
                          resource.customizations.knownTypeFields.apps_X: '[]'
                          resource.customizations.ignoreDifferences.[: 'jsonPointers: [/a]'
                        """);

        // Then
        assertThat(rules.isEmpty()).isTrue();
        assertThat(rules.problems())
                .containsExactlyInAnyOrder(
                        new RuleProblem(
                                "resource.compareoptions",
                                "ignoreResourceStatusField: crd has no effect: status is never"
                                        + " compared with git"),
                        new RuleProblem(
                                "resource.customizations.knownTypeFields.apps_X",
                                "not used: types come from the kind's own schema"),
                        new RuleProblem(
                                "resource.customizations.ignoreDifferences.[",
                                "'[' lacks a ] or has nothing between [ and ]"));
        assertThat(
                        parsed(
                                        "{apiVersion: v1, kind: ConfigMap, data: {"
                                                + "resource.compareoptions:"
                                                + " 'ignoreResourceStatusField: all'}}")
                                .problems())
                .isEmpty();
    }

    @Test
    void what_an_argo_rule_cannot_use_is_reported_by_its_place() {
        // When
        RuleSet rules =
                parsed(
                        """
                        {apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a},
                        spec: {ignoreDifferences: [
                        {group: apps, jsonPointers: [/spec]},
                        {kind: X, jsonPointers: ['', 'a/b', '/c~2', '/d~'],
                         jqPathExpressions: [.a, '.b |', 'env']}]}}
                        """);

        // Then
        assertThat(rules.problems())
                .extracting(RuleProblem::rule)
                .containsExactly(
                        "argocd:a/1",
                        "argocd:a/2/pointer/1",
                        "argocd:a/2/pointer/2",
                        "argocd:a/2/pointer/3",
                        "argocd:a/2/pointer/4",
                        "argocd:a/2/jq/2",
                        "argocd:a/2/jq/3");
        assertThat(rules.problems().getFirst().message()).isEqualTo("kind is missing");
        assertThat(about(rules, object("v1", "X", "n", "x", "{}")))
                .containsExactly(
                        "argocd:a/2/pointer/1",
                        "argocd:a/2/pointer/2",
                        "argocd:a/2/pointer/3",
                        "argocd:a/2/pointer/4",
                        "argocd:a/2/jq/1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IgnoreExtraneous | true",
                "'Prune=false, IgnoreExtraneous' | true",
                "IgnoreExtraneous=false | false",
                "ServerSideDiff=true | false"
            })
    void an_application_brings_the_rule_about_extra_objects_once(String options, boolean holds) {
        // Given
        RuleSet rules =
                parsed(
                        "{apiVersion: argoproj.io/v1alpha1, kind: Application}\n---\n"
                                + "{apiVersion: argoproj.io/v1alpha1, kind: Application}");
        String annotation = "{argocd.argoproj.io/compare-options: '" + options + "'}";

        // When
        List<String> about = about(rules, object("v1", "X", "n", "x", annotation));

        // Then
        assertThat(rules.problems()).isEmpty();
        assertThat(about).isEqualTo(holds ? List.of(EXTRANEOUS) : List.of());
    }

    @Test
    void a_project_leaves_out_orphans_by_globs_of_which_kind_and_name_may_be_absent() {
        // Given
        RuleSet rules =
                parsed(
                        """
                        {apiVersion: argoproj.io/v1alpha1, kind: AppProject, metadata: {name: p},
                        spec: {orphanedResources: {ignore: [
                        {group: apps, kind: Deploy*, name: c*}, {group: batch}, {kind: '['},
                        {kind: Secret}]}}}
                        """);

        // When, Then
        assertThat(about(rules, object("apps/v1", "Deployment", "n", "cart", "{}")))
                .containsExactly("argocd:AppProject/p/1");
        assertThat(about(rules, object("apps/v1", "Deployment", "n", "x", "{}"))).isEmpty();
        assertThat(about(rules, object("batch/v1", "Job", "n", "x", "{}")))
                .containsExactly("argocd:AppProject/p/2");
        assertThat(about(rules, object("v1", "Secret", "n", "x", "{}")))
                .containsExactly("argocd:AppProject/p/4");
        assertThat(rules.problems())
                .extracting(RuleProblem::rule)
                .containsExactly("argocd:AppProject/p/3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 1",
                "{kind: Deploy.*} | 1",
                "{kind: Deploy} | 0",
                "{group: apps, version: v1, kind: Deployment, name: cart, namespace: shop} | 1",
                "{version: v2} | 0",
                "{version: ''} | 1",
                "{group: app} | 0",
                "{name: car} | 0",
                "{namespace: sho} | 0",
                "{labelSelector: app=cart} | 1",
                "{labelSelector: app=x} | 0",
                "{annotationSelector: note} | 1",
                "{annotationSelector: '!note'} | 0",
                "{labelSelector: app=cart, annotationSelector: other} | 0"
            })
    void flux_targets_look_at_the_desired_object(String target, int matches) {
        // Given
        RuleSet release =
                parsed(
                        "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata:"
                                + " {name: r}, spec: {driftDetection: {ignore:"
                                + " [{paths: [/a], target: "
                                + target
                                + "}]}}}");
        RuleSet kustomization =
                parsed(
                        "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization,"
                                + " metadata: {name: k}, spec: {ignore: [{paths: [/a], target: "
                                + target
                                + "}]}}");
        ObjectNode desired = object("apps/v1", "Deployment", "shop", "cart", "{note: x}");
        ObjectNode live = object("v1", "Other", "other", "other", "{}");

        // When, Then
        assertThat(release.about(desired, live))
                .extracting(Rule::id)
                .hasSize(matches)
                .allMatch("flux:HelmRelease/r/1/1"::equals);
        assertThat(kustomization.about(desired, live))
                .extracting(Rule::id)
                .hasSize(matches)
                .allMatch("flux:Kustomization/k/1/1"::equals);
    }

    @Test
    void flux_paths_that_are_no_pointers_are_reported_and_used() {
        // When
        RuleSet rules =
                parsed(
                        "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata:"
                                + " {name: r}, spec: {driftDetection: {ignore:"
                                + " [{paths: ['', /a, b/c]},"
                                + " {paths: [/d], target: {name: '('}}]}}}");

        // Then
        assertThat(rules.problems())
                .extracting(RuleProblem::rule)
                .containsExactly("flux:HelmRelease/r/1/3", "flux:HelmRelease/r/2");
        assertThat(about(rules, object("v1", "X", "n", "x", "{}")))
                .containsExactly(
                        "flux:HelmRelease/r/1/1",
                        "flux:HelmRelease/r/1/2",
                        "flux:HelmRelease/r/1/3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kustomize.toolkit.fluxcd.io/reconcile | Disabled | both",
                "kustomize.toolkit.fluxcd.io/ssa | ignore | both",
                "kustomize.toolkit.fluxcd.io/ssa | IfNotPresent | desired",
                "kustomize.toolkit.fluxcd.io/prune | disabled | both",
                "helm.toolkit.fluxcd.io/driftDetection | DISABLED | both",
                "helm.sh/resource-policy | keep | live",
                "kustomize.toolkit.fluxcd.io/ssa | merge | none"
            })
    void marks_of_flux_count_where_it_looks_for_them(String key, String value, String where) {
        // Given
        RuleSet rules =
                parsed(
                        "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease}\n---\n"
                                + "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind:"
                                + " Kustomization}");
        ObjectNode plain = object("v1", "X", "n", "x", "{}");
        ObjectNode marked = object("v1", "X", "n", "x", "{" + key + ": " + value + "}");

        // When
        int desired = rules.about(marked, plain).size();
        int live = rules.about(plain, marked).size();

        // Then
        assertThat(rules.problems()).isEmpty();
        assertThat(desired).isEqualTo(where.equals("both") || where.equals("desired") ? 1 : 0);
        assertThat(live).isEqualTo(where.equals("both") || where.equals("live") ? 1 : 0);
        assertThat(rules.about(plain, plain)).isEmpty();
    }

    private static RuleSet parsed(String documents) {
        return RuleSet.parse(Manifests.all(documents), "f", Manifests::one);
    }

    private static List<String> about(RuleSet rules, ObjectNode object) {
        return rules.about(object, object).stream().map(Rule::id).toList();
    }

    private static ObjectNode object(
            String apiVersion, String kind, String namespace, String name, String annotations) {
        return Manifests.one(
                """
                {apiVersion: %s, kind: %s, metadata: {namespace: %s, name: %s,
                labels: {app: cart}, annotations: %s}}
                """
                        .formatted(apiVersion, kind, namespace, name, annotations));
    }
}
