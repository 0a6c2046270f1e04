package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.testkit.Manifests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What sort of difference it is, by who owns what differs.
class JudgeTest {
    private static final String CONFIG =
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: a}, data: {k: v}}";

    /// The object with an entry of `managedFields` more.
    private static String owned(String object, String manager, String operation, String fields) {
        return object.replace(
                "namespace: a",
                "namespace: a, managedFields: [{manager: %s, operation: %s, fieldsV1: %s}]"
                        .formatted(manager, operation, fields));
    }

    @ParameterizedTest
    @CsvSource({
        "kyverno, overlay, admission",
        "istio-sidecar-injector, overlay, admission",
        "kubectl-edit, changed, field",
        "ci, changed, field",
        "some-controller, changed, field"
    })
    void what_admission_makes_of_gits_value_is_laid_over_it(
            String manager, String sort, String rule) {
        // Given
        String live =
                owned(CONFIG.replace("k: v", "k: w"), manager, "Update", "{'f:data': {'f:k': {}}}");

        // When
        Difference found = Inline.only(Inline.pair(CONFIG, live));

        // Then
        assertThat(found.kind().label()).isEqualTo(sort);
        assertThat(found.rule()).isEqualTo(rule);
    }

    /// Nothing is known of earlier manifests: yet labels are bookkeeping, and what has a default
    /// may be the default of an older server.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'f:metadata': {'f:labels': {'f:x': {}}}} | controlled metadata.labels.x",
                "{'f:spec': {'f:minReadySeconds': {}}} | extra-owned spec.minReadySeconds",
                "{'f:spec': {'f:progressDeadlineSeconds': {}}}"
                        + " | controlled spec.progressDeadlineSeconds"
            })
    void of_what_its_applier_owns_without_a_known_past_only_what_has_no_default_counts(
            String fields, String found) {
        // Given
        String desired =
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, namespace: a},"
                        + " spec: {paused: true}}";
        String field = found.substring(found.lastIndexOf('.') + 1);
        String live =
                found.contains("labels")
                        ? desired.replace("namespace: a", "namespace: a, labels: {x: y}")
                        : desired.replace("paused: true", "paused: true, " + field + ": 7");

        // When, Then
        assertThat(Inline.found(Inline.pair(desired, owned(live, "ci", "Update", fields))))
                .containsExactly(found);
    }

    @Test
    void a_key_that_only_the_second_rendering_has_is_not_gits_to_say() {
        // Given
        String live =
                owned(
                        CONFIG.replace("k: v", "k: v, random: x"),
                        "ci",
                        "Apply",
                        "{'f:data': {'f:random': {}}}");
        Comparison.Background twice =
                Comparison.Background.appliedBy("ci")
                        .renderedAgain(Manifests.one(CONFIG.replace("k: v", "k: v, random: y")));

        // When, Then
        assertThat(Inline.found(Inline.pair(CONFIG, live)))
                .containsExactly("extra-owned data.random");
        assertThat(Inline.found(Inline.pair(twice, CONFIG, live)))
                .containsExactly("nondeterministic data.random");
    }

    @ParameterizedTest
    @CsvSource({
        "argocd-controller, controlled",
        "helm, controlled",
        "some-script, controlled",
        "kubectl-label, overlay"
    })
    void a_tools_mark_is_its_own_unless_a_human_sets_it(String manager, String sort) {
        // Given
        String mark = "namespace: a, labels: {app.kubernetes.io/managed-by: x}";
        String live =
                owned(
                        CONFIG.replace("namespace: a", mark),
                        manager,
                        "Update",
                        "{'f:metadata': {'f:labels': {'f:app.kubernetes.io/managed-by': {}}}}");

        // When, Then
        assertThat(Inline.found(Inline.pair(CONFIG, live)))
                .containsExactly(sort + " metadata.labels[app.kubernetes.io/managed-by]");
    }

    /// The empty address that git names was written by whoever applies it.
    @ParameterizedTest
    @CsvSource({", side-effect", "ci, side-effect", "other, changed"})
    void an_address_for_gits_empty_one_is_allocated_unless_a_known_stranger_chose_it(
            String applier, String sort) {
        // Given
        String desired =
                "{apiVersion: v1, kind: Service, metadata: {name: a, namespace: a},"
                        + " spec: {clusterIP: ''}}";
        String live = desired.replace("''", "10.96.0.9");

        // When, Then
        String fields = "{'f:spec': {'f:clusterIP': {}}}";
        assertThat(Inline.found(Inline.pair(applier, desired, owned(live, "ci", "Apply", fields))))
                .containsExactly(sort + " spec.clusterIP");
    }

    @Test
    void an_address_that_git_names_and_the_cluster_has_otherwise_is_a_change() {
        // Given
        String service =
                "{apiVersion: v1, kind: Service, metadata: {name: a, namespace: a},"
                        + " spec: {clusterIP: ADDRESS, ports: [{port: 80}]}}";

        // When, Then
        assertThat(
                        Inline.found(
                                Inline.pair(
                                        service.replace("ADDRESS", "10.0.0.1"),
                                        service.replace("ADDRESS", "10.0.0.2"))))
                .containsExactly("changed spec.clusterIP");
        assertThat(
                        Inline.found(
                                Inline.pair(
                                        service.replace("ADDRESS", "''"),
                                        service.replace("ADDRESS", "10.0.0.2"))))
                .containsExactly("side-effect spec.clusterIP");
    }

    /// A scale of replicas that nobody owns is noted nowhere; with wiped entries it may be anybody.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{manager: ci, operation: Apply} | expected-dynamic",
                "{manager: ci, operation: Update, subresource: status} | overlay",
                "{manager: before-first-apply, operation: Update} | overlay"
            })
    void replicas_in_range_that_nobody_owns_are_the_autoscalers_unless_entries_were_wiped(
            String entry, String sort) {
        // Given
        String deployment =
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, namespace: a},"
                        + " spec: {replicas: 2}}";
        String scaler =
                "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: s,"
                        + " namespace: a}, spec: {minReplicas: 2, maxReplicas: 9, scaleTargetRef:"
                        + " {apiVersion: apps/v1, kind: Deployment, name: a}}}";
        String fields = ", fieldsV1: {'f:spec': {'f:paused': {}}}}";
        String live =
                deployment
                        .replace("replicas: 2", "replicas: 5")
                        .replace(
                                "namespace: a",
                                "namespace: a, managedFields: ["
                                        + entry.replace("}", fields)
                                        + "]");

        // When
        Comparison pair =
                Inline.pair(
                        new Comparison.Background(List.of(), "ci", List.of(Manifests.one(scaler))),
                        deployment,
                        live);

        // Then
        assertThat(Inline.found(pair)).containsExactly(sort + " spec.replicas");
    }

    @Test
    void a_value_that_somebody_owns_besides_the_applier_was_not_changed_by_admission() {
        // Given
        String live =
                CONFIG.replace("k: v", "k: w")
                        .replace(
                                "namespace: a",
                                """
                                namespace: a, managedFields: [
                                  {manager: OTHER, operation: Apply, time: '2026-01-01T00:00:00Z',
                                   fieldsV1: {'f:data': {'f:k': {}}}},
                                  {manager: ci, operation: Apply, time: '2026-01-02T00:00:00Z',
                                   fieldsV1: {'f:data': {'f:k': {}}}}]
                                """);

        // When, Then
        Comparison.Background before = Inline.before("ci", CONFIG);
        assertThat(Inline.found(Inline.pair(before, CONFIG, live)))
                .containsExactly("changed data.k");
        assertThat(
                        Inline.found(
                                Inline.pair(
                                        before,
                                        CONFIG,
                                        live.replace("'f:k': {}}}},", "'f:z': {}}}},"))))
                .containsExactly("overlay data.k");
    }

    @Test
    void what_was_asked_for_before_may_be_spelled_otherwise() {
        // Given
        String deployment =
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, namespace: a}, spec:"
                        + " {template: {spec: {containers: [{name: c, resources: {limits:"
                        + " {cpu: CPU}}}]}}}}";
        String live =
                owned(
                        deployment.replace("CPU", "'3'"),
                        "ci",
                        "Apply",
                        "{'f:spec': {'f:template': {'f:spec': {'f:containers':"
                                + " {'k:{\"name\":\"c\"}': {'f:resources': {'f:limits':"
                                + " {'f:cpu': {}}}}}}}}}");
        String path = "spec.template.spec.containers[c].resources.limits.cpu";

        // When
        Comparison asked =
                Inline.pair(
                        Inline.before("ci", deployment.replace("CPU", "1000m")),
                        deployment.replace("CPU", "'1'"),
                        live);
        Comparison askedOnce =
                Inline.pair(
                        Inline.before(
                                "ci",
                                deployment.replace("CPU", "1000m"),
                                deployment.replace("CPU", "3000m")),
                        deployment.replace("CPU", "'1'"),
                        live);

        // Then
        assertThat(Inline.found(asked)).containsExactly("overlay " + path);
        assertThat(Inline.found(askedOnce)).containsExactly("changed " + path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a | kubectl-create | side-effect",
                "b | kubectl-label | overlay",
                "b | some-controller | side-effect"
            })
    void the_name_label_of_a_namespace_is_the_servers_whoever_owns_it(
            String value, String manager, String sort) {
        // Given
        String namespace = "{apiVersion: v1, kind: Namespace, metadata: {name: a}}";
        String label = "kubernetes.io/metadata.name";
        String live =
                namespace.replace(
                        "name: a",
                        "name: a, labels: {%s: %s}, managedFields: [{manager: %s, fieldsV1:"
                                        .formatted(label, value, manager)
                                + " {'f:metadata': {'f:labels': {'f:"
                                + label
                                + "': {}}}}}]");

        // When, Then
        assertThat(Inline.found(Inline.pair(namespace, live)))
                .containsExactly(sort + " metadata.labels[" + label + "]");
    }

    @Test
    void the_generation_of_a_daemon_set_is_the_servers_whoever_created_it() {
        // Given
        String set =
                "{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: a, namespace: a},"
                        + " spec: {minReadySeconds: 1}}";
        String key = "deprecated.daemonset.template.generation";
        String live =
                owned(
                        set.replace(
                                "namespace: a", "namespace: a, annotations: {" + key + ": '7'}"),
                        "kubectl-create",
                        "Update",
                        "{'f:metadata': {'f:annotations': {'f:" + key + "': {}}}}");

        // When, Then
        assertThat(Inline.found(Inline.pair(set, live)))
                .containsExactly("side-effect metadata.annotations[" + key + "]");
        assertThat(
                        Inline.found(
                                Inline.pair(
                                        set.replace("DaemonSet", "Deployment"),
                                        live.replace("DaemonSet", "Deployment"))))
                .containsExactly("overlay metadata.annotations[" + key + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | '' | changed rules",
                "', aggregationRule: {}' | ', aggregationRule: {}' | expected-dynamic rules",
                "'' | ', aggregationRule: {}' | expected-dynamic rules",
                "', aggregationRule: {}' | '' | expected-dynamic rules"
            })
    void rules_of_a_role_are_gits_unless_they_are_aggregated(
            String desiredToo, String liveToo, String found) {
        // Given
        String role =
                "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole,"
                        + " metadata: {name: a}, rules: [";
        String one = "{verbs: [get], apiGroups: [''], resources: [pods]}";

        // When
        Comparison pair =
                Inline.pair(
                        role + one + "]" + desiredToo + "}",
                        role + one + ", " + one + "]" + liveToo + "}");

        // Then
        assertThat(Inline.found(pair)).contains(found);
    }

    @Test
    void aggregated_rules_that_are_the_same_or_empty_are_no_difference() {
        // Given
        String role =
                "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: a},"
                        + " aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}";
        String some = ", rules: [{verbs: [get], resources: [pods]}]}";

        // When, Then
        assertThat(Inline.found(Inline.pair(role + some, role + some))).isEmpty();
        assertThat(Inline.found(Inline.pair(role + ", rules: []}", role + "}"))).isEmpty();
        assertThat(Inline.found(Inline.pair(role + ", rules: []}", role + some)))
                .containsExactly("expected-dynamic rules");
    }
}
