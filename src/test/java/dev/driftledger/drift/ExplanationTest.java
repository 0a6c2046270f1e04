package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.testkit.GoldenCases;
import dev.driftledger.testkit.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExplanationTest {
    private static final Schemas SCHEMAS = ComparatorCases.SCHEMAS;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private static final ObjectNode DESIRED =
            Manifests.one(
                    """
                    {apiVersion: apps/v1, kind: Deployment, metadata: {name: a, namespace: a},
                     spec: {replicas: 2, template: {spec: {containers: [
                       {name: c, image: 'nginx:1', resources: {limits: {cpu: 0.5}}}]}}}}
                    """);
    private static final ObjectNode LIVE =
            Manifests.one(
                    """
                    {apiVersion: apps/v1, kind: Deployment,
                     metadata: {name: a, namespace: a, resourceVersion: '7', managedFields: [
                       {manager: kubectl-edit, operation: Update, time: '2026-01-02T00:00:00Z',
                        fieldsV1: {'f:spec': {'f:replicas': {}}}}]},
                     spec: {replicas: 5, revisionHistoryLimit: 10, template: {spec: {containers: [
                       {name: c, image: 'nginx:1', imagePullPolicy: IfNotPresent,
                        resources: {limits: {cpu: 500m}}}]}}},
                     status: {replicas: 5}}
                    """);

    @TestFactory
    List<DynamicTest> golden() {
        return ComparatorCases.folders().stream()
                .map(folder ->
                        DynamicTest.dynamicTest(
                                folder.getFileName().toString(), () -> check(folder)))
                .toList();
    }

    /// With `-Ddriftledger.golden=write` they are written anew, to be reviewed as a diff. Digests
    /// are left out: they change with every schema.
    private static void check(Path folder) throws IOException {
        String actual =
                told(ComparatorCases.comparison(folder)).stream()
                        .filter(line -> !line.contains(" value same "))
                        .map(line -> DIGEST.matcher(line).replaceAll("…").strip() + "\n")
                        .collect(Collectors.joining());
        if ("write".equals(System.getProperty("driftledger.golden"))) {
            Files.writeString(folder.resolve(ComparatorCases.WHY), actual);
        }
        assertThat(actual).isEqualTo(GoldenCases.read(folder, ComparatorCases.WHY));
    }

    @Test
    void every_rule_is_told_in_order_from_the_objects_to_the_verdict() {
        // When
        List<String> told = told(comparison(DESIRED, LIVE));

        // Then
        assertThat(told)
                .anyMatch(line -> line.startsWith(" input live apps/v1 Deployment a/a at resource"))
                .anyMatch(line -> line.startsWith(" schema schema compared by the schema sha256"))
                .containsSubsequence(
                        "spec.replicas owner owner kubectl-edit (Update, 2026-01-02T00:00:00Z) owns"
                                + " it; row 'kubectl*' of the table of managers says human",
                        "spec.replicas value field git says 2, the cluster has 5",
                        "spec.replicas judgement changed changed: git names or implies a value and"
                                + " the cluster has another; severity medium by the row *"
                                + " spec.replicas",
                        "spec.template.spec.containers schema keys items belong together by name;"
                                + " git has 1 item, the cluster 1",
                        "spec.template.spec.containers[c].image value same both say \"nginx:1\"",
                        "spec.template.spec.containers[c].resources.limits.cpu value quantity git"
                                + " says 0.5, the cluster has \"500m\": both are the amount 0.5",
                        "spec.template.spec.containers[c].imagePullPolicy default default git"
                                + " leaves it out, and \"IfNotPresent\" is the default: Go code of"
                                + " Kubernetes, pkg/apis/core/v1/defaults.go,"
                                + " Container.imagePullPolicy",
                        " verdict drifted drifted: 1 difference counts, 1 note");
    }

    @Test
    void the_same_comparison_is_explained_the_same_twice() {
        assertThat(told(comparison(DESIRED, LIVE)))
                .isEqualTo(told(comparison(DESIRED.deepCopy(), LIVE.deepCopy())));
    }

    @Test
    void without_a_schema_it_says_that_it_is_less_certain() {
        // Given
        ObjectNode unknown = Manifests.one("{apiVersion: x.example/v1, kind: Thing, spec: {a: b}}");

        // When
        List<String> told = told(comparison(unknown, unknown.deepCopy()));

        // Then
        assertThat(told)
                .contains(
                        " schema structural no schema is known for x.example/Thing v1: compared by"
                                + " structure alone, so less certain",
                        " verdict in-sync in sync: nothing counts, 0 notes; less certain, for want"
                                + " of a schema");
    }

    @Test
    void different_versions_say_what_was_not_compared() {
        // Given
        ObjectNode desired =
                Manifests.one(
                        """
                        {apiVersion: policy/v1beta1, kind: PodDisruptionBudget,
                         metadata: {name: a}, spec: {minAvailable: 1, old: 1}}
                        """);
        ObjectNode live =
                Manifests.one(
                        """
                        {apiVersion: policy/v1, kind: PodDisruptionBudget,
                         metadata: {name: a}, spec: {minAvailable: 1}}
                        """);

        // When
        List<String> told = told(comparison(desired, live));

        // Then
        assertThat(told)
                .contains(
                        "spec.old schema version-skew only one side has it, and the other version"
                                + " may not know it: not compared")
                .anyMatch(line -> line.startsWith(" schema version-skew git says v1beta1, the"));
    }

    @Test
    void words_and_steps_are_bounded() {
        // Given
        String long1 = "x".repeat(100_000);
        ObjectNode desired = Manifests.one("{apiVersion: v1, kind: ConfigMap, data: {}}");
        ObjectNode live = desired.deepCopy();
        IntStream.range(0, 60_000)
                .forEach(i -> ((ObjectNode) desired.path("data")).put("k" + i, "v"));
        ((ObjectNode) live.path("data")).put("large", long1);

        // When
        Explanation explanation = Explanation.of(comparison(desired, live));

        // Then
        assertThat(explanation.steps()).hasSize(Explanation.STEPS_MAX + 1);
        assertThat(explanation.steps().getLast().words()).endsWith("more steps");
        assertThat(explanation.steps()).allMatch(step -> step.words().length() < 1000);
    }

    private static Comparison comparison(ObjectNode desired, ObjectNode live) {
        return new Comparison(
                desired,
                live,
                Comparison.Background.appliedBy("ci"),
                Comparison.Criteria.builtIn(SCHEMAS));
    }

    private static List<String> told(Comparison comparison) {
        return Explanation.of(comparison).steps().stream()
                .map(step ->
                        step.path()
                                + " "
                                + step.stage().label()
                                + " "
                                + step.rule()
                                + " "
                                + step.words())
                .collect(Collectors.toList());
    }
}
