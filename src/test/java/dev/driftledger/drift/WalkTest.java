package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.testkit.Manifests;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What differs between two trees, whoever wrote it.
class WalkTest {
    /// An object of a kind that no schema describes.
    private static String thing(String spec) {
        return "{apiVersion: a.example/v1, kind: Thing, metadata: {name: a}, spec: " + spec + "}";
    }

    private static String deployment(String spec) {
        return "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, namespace: a}, spec: "
                + spec
                + "}";
    }

    private static String container(String rest) {
        return deployment(
                "{template: {spec: {containers: [{name: c, image: 'nginx:1', " + rest + "}]}}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{a: {b: 1}} | {a: text}",
                "{a: text} | {a: {b: 1}}",
                "{a: [1]} | {a: {b: 1}}",
                "{a: {b: 1}} | {a: [1]}",
                "{a: [1]} | {a: 1}"
            })
    void a_value_of_another_type_is_one_change(String desired, String live) {
        Difference found = Inline.only(Inline.pair(thing(desired), thing(live)));

        assertThat(found.path()).isEqualTo("spec.a");
        assertThat(found.rule()).isEqualTo("type");
        assertThat(found.kind()).isEqualTo(Difference.Kind.CHANGED);
    }

    @Test
    void a_default_that_git_spells_out_and_the_cluster_leaves_out_is_there() {
        // Given
        String live = deployment("{paused: true}");

        // When, Then
        assertThat(
                        Inline.found(
                                Inline.pair(
                                        deployment("{paused: true, revisionHistoryLimit: 10}"),
                                        live)))
                .isEmpty();
        assertThat(
                        Inline.found(
                                Inline.pair(
                                        deployment("{paused: true, revisionHistoryLimit: 5}"),
                                        live)))
                .containsExactly("removed spec.revisionHistoryLimit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{name: a, v: 1}, {name: b, v: 2}] | [{name: b, v: 2}, {name: a, v: 1}] | ''",
                "[{name: a, v: 1}, {name: b, v: 2}] | [{name: b, v: 3}, {name: a, v: 1}]"
                        + " | changed spec.l[b].v",
                "[{name: a}] | [{name: b}, {name: a}] | controlled spec.l[b]",
                "[{name: a}] | [] | removed spec.l[a]",
                "[{v: 1}, {v: 2}] | [{v: 2}, {v: 1}] | changed spec.l[0].v, changed spec.l[1].v",
                "[{name: a}, {v: 2}] | [{name: a}, {v: 3}] | changed spec.l[1].v",
                "[{v: 1}, {name: b}] | [{name: b}, {name: c}] | removed spec.l[0].v,"
                        + " changed spec.l[1].name, controlled spec.l[0].name",
                "[1, 2] | [2, 1] | changed spec.l[0], changed spec.l[1]",
                "[1, 2] | [1, 2, 3] | changed spec.l",
                "[[1], [2]] | [[1], [2]] | ''"
            })
    void items_that_no_schema_describes_belong_together_by_name_or_else_by_position(
            String desired, String live, String found) {
        // Given
        String owned =
                "metadata: {name: a, managedFields: [{manager: ci, operation: Apply,"
                        + " fieldsV1: {'f:spec': {'f:x': {}}}}]}";

        // When
        Comparison pair =
                Inline.pair(
                        thing("{l: " + desired + "}"),
                        thing("{l: " + live + "}").replace("metadata: {name: a}", owned));

        // Then
        assertThat(String.join(", ", Inline.found(pair))).isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{name: A, value: x}, {name: A, value: x}]",
                "[{name: A, value: x}, {name: A, value: x, valueFrom: {}}]"
            })
    void duplicates_that_say_the_same_in_the_same_order_are_the_same(String live) {
        String twice = "env: [{name: A, value: x}, {name: A, value: x}]";

        assertThat(Inline.found(Inline.pair(container(twice), container("env: " + live))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{name: A, value: x}, {name: A, value: y}]",
                "[{name: A, value: y}, {name: A, value: x}]",
                "[{name: A, value: x}, {name: A, value: x}, {name: A, value: x}]",
                "[{name: A, value: x}]"
            })
    void of_a_list_with_duplicates_any_change_is_one_of_the_list(String live) {
        // Given
        String twice = "env: [{name: A, value: x}, {name: A, value: x}]";

        // When
        Difference found = Inline.only(Inline.pair(container(twice), container("env: " + live)));

        // Then
        assertThat(found.path()).isEqualTo("spec.template.spec.containers[c].env");
        assertThat(found.rule()).isEqualTo("list-map:duplicate-keys");
    }

    @Test
    void arguments_are_one_value_when_one_is_added_and_several_when_some_change() {
        // Given
        String desired = container("args: [a, b]");

        // When, Then
        assertThat(Inline.found(Inline.pair(desired, container("args: [a, b, c]"))))
                .containsExactly("changed spec.template.spec.containers[c].args");
        assertThat(Inline.found(Inline.pair(desired, container("args: [a, c]"))))
                .containsExactly("changed spec.template.spec.containers[c].args[1]");
        assertThat(Inline.found(Inline.pair(desired, container("args: [b, a]"))))
                .containsExactly(
                        "changed spec.template.spec.containers[c].args[0]",
                        "changed spec.template.spec.containers[c].args[1]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a b c | c a b | ''",
                "a a b | a b a | ''",
                "a a b | a b b | changed spec.metrics[1].resource.name",
                "a b c | c a x | changed spec.metrics[0].resource.name,"
                        + " changed spec.metrics[1].resource.name,"
                        + " changed spec.metrics[2].resource.name",
                "a b | a b c | changed spec.metrics",
                "a b c | a b | changed spec.metrics"
            })
    void metrics_of_an_autoscaler_may_stand_in_any_order_but_must_be_the_same(
            String desired, String live, String found) {
        assertThat(String.join(", ", Inline.found(Inline.pair(scaler(desired), scaler(live)))))
                .isEqualTo(found);
    }

    @Test
    void in_a_list_of_more_than_sixty_four_the_order_matters() {
        // Given
        String many =
                IntStream.range(0, 64).mapToObj(i -> "m" + i).collect(Collectors.joining(" "));

        // When, Then
        assertThat(Inline.found(Inline.pair(scaler(many), scaler(turned(many))))).isEmpty();
        assertThat(Inline.found(Inline.pair(scaler("x " + many), scaler(turned("x " + many)))))
                .hasSize(65);
    }

    private static String turned(String names) {
        int space = names.indexOf(' ');
        return names.substring(space + 1) + " " + names.substring(0, space);
    }

    private static String scaler(String metrics) {
        String list =
                java.util.Arrays.stream(metrics.split(" "))
                        .map(each -> "{type: Resource, resource: {name: " + each + "}}")
                        .collect(Collectors.joining(", "));
        return "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a},"
                + " spec: {metrics: ["
                + list
                + "]}}";
    }

    @Test
    void of_a_list_with_a_default_only_what_goes_beyond_it_was_added() {
        // Given
        ObjectNode crd =
                Manifests.one(
                        """
                        {kind: CustomResourceDefinition, spec: {group: a.example,
                         names: {kind: Box}, versions: [{name: v1, schema: {openAPIV3Schema: {
                           type: object, properties: {spec: {type: object, properties: {
                             size: {type: integer},
                             parts: {type: array, default: [{name: lid, size: 1}],
                               x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name],
                               items: {type: object, properties: {
                                 name: {type: string}, size: {type: integer}}}}}}}}}}]}}
                        """);
        String box = "{apiVersion: a.example/v1, kind: Box, metadata: METADATA, spec: SPEC}";
        String owned =
                "{name: a, managedFields: [{manager: kubectl-edit, operation: Update, fieldsV1:"
                        + " {'f:spec': {'f:parts': {'k:{\"name\":\"hinge\"}': {'f:size': {}}}}}}]}";
        String live =
                box.replace("METADATA", owned)
                        .replace("SPEC", "{size: 1, parts: [{name: lid, size: 1}, {name: hinge}]}");

        // When
        Comparison pair =
                Inline.pair(
                        box.replace("METADATA", "{name: a}").replace("SPEC", "{size: 1}"), live);
        Comparison described =
                new Comparison(
                        pair.desired(),
                        pair.live(),
                        pair.background(),
                        Comparison.Criteria.builtIn(Schemas.empty().withCrd(crd)));

        // Then
        assertThat(Inline.found(described)).containsExactly("overlay spec.parts[hinge]");
    }
}
