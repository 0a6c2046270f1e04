package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.testkit.Manifests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldPathTest {
    private static final Shape BY_NAME =
            Shape.of(
                    SchemaDocument.NONE,
                    Manifests.one(
                            """
                            {type: array, x-kubernetes-list-type: map,
                             x-kubernetes-list-map-keys: [name], items: {type: object}}
                            """),
                    null);

    @ParameterizedTest
    @CsvSource({
        "spec, .spec",
        "a_B9-z, .a_B9-z",
        "Z, .Z",
        "_a, ._a",
        "9a, [9a]",
        "-a, [-a]",
        "a.b/c, [a.b/c]",
        "a@b, [a@b]",
        "a[b, [a[b]",
        "a`b, [a`b]",
        "a{b, [a{b]",
        "a:b, [a:b]",
        "'', []",
        "aé, [aé]"
    })
    void only_plain_names_follow_a_dot(String name, String spelled) {
        assertThat(FieldPath.spelledField(name)).isEqualTo(spelled);
    }

    @Test
    void a_path_is_spelled_from_the_root_without_a_dot_before_it() {
        // Given
        FieldPath item = FieldPath.ROOT.field("spec").field("ports").item("80/TCP", BY_NAME);

        // When, Then
        assertThat(item.spelled()).isEqualTo("spec.ports[80/TCP]");
        assertThat(item.field("a.b").spelled()).isEqualTo("spec.ports[80/TCP][a.b]");
        assertThat(FieldPath.ROOT.field("a/b").spelled()).isEqualTo("[a/b]");
        assertThat(FieldPath.ROOT.spelled()).isEmpty();
        assertThat(item.depth()).isEqualTo(3);
    }

    @Test
    void a_path_ends_with_the_names_of_its_last_steps() {
        // Given
        FieldPath path = FieldPath.ROOT.field("metadata").field("labels");

        // When, Then
        assertThat(path.endsWith("metadata", "labels")).isTrue();
        assertThat(path.endsWith("labels")).isTrue();
        assertThat(path.endsWith("spec", "labels")).isFalse();
        assertThat(path.endsWith("metadata", "annotations")).isFalse();
        assertThat(path.endsWith("a", "", "metadata", "labels")).isFalse();
    }

    @Test
    void the_node_of_another_object_is_found_by_names_and_keys() {
        // Given
        ObjectNode object = Manifests.one("{spec: {list: [{name: a}, {name: b, v: 1}], map: {}}}");
        FieldPath list = FieldPath.ROOT.field("spec").field("list");
        Shape byPlace = Shape.of(SchemaDocument.NONE, Manifests.one("{type: array}"), null);

        // When, Then
        assertThat(FieldPath.ROOT.in(object)).isSameAs(object);
        assertThat(list.item("b", BY_NAME).field("v").in(object).asInt()).isEqualTo(1);
        assertThat(list.item("c", BY_NAME).in(object).isMissingNode()).isTrue();
        assertThat(list.item("1", byPlace).field("name").in(object).asText()).isEqualTo("b");
        FieldPath none = FieldPath.ROOT.field("spec").field("map").item("b", BY_NAME);
        assertThat(none.in(object).isMissingNode()).isTrue();
    }

    @Test
    void marks_are_labels_and_annotations_of_the_object_itself() {
        // Given
        FieldPath labels = FieldPath.ROOT.field("metadata").field("labels");
        FieldPath annotations = FieldPath.ROOT.field("metadata").field("annotations");
        FieldPath inner = FieldPath.ROOT.field("spec").field("metadata").field("labels");
        String mark = "app.kubernetes.io/managed-by";

        // When, Then
        assertThat(KnownMetadata.isMark(labels.field(mark))).isTrue();
        assertThat(KnownMetadata.isMark(annotations.field(mark))).isTrue();
        assertThat(KnownMetadata.isMark(labels.field("app"))).isFalse();
        assertThat(KnownMetadata.isMark(inner.field(mark))).isFalse();
        assertThat(KnownMetadata.isMark(FieldPath.ROOT.field("spec").field(mark))).isFalse();
        assertThat(KnownMetadata.isMark(FieldPath.ROOT)).isFalse();
        assertThat(KnownMetadata.isOwnMetadata(labels.field("app"))).isTrue();
        assertThat(KnownMetadata.isOwnMetadata(labels)).isFalse();
        assertThat(KnownMetadata.isOwnMetadata(inner.field("app"))).isFalse();
        assertThat(KnownMetadata.isOwnMetadata(FieldPath.ROOT)).isFalse();
        FieldPath spec = FieldPath.ROOT.field("spec").field("labels").field("app");
        assertThat(KnownMetadata.isOwnMetadata(spec)).isFalse();
        assertThat(KnownMetadata.isLastApplied(annotations.field(KnownMetadata.LAST_APPLIED)))
                .isTrue();
        assertThat(KnownMetadata.isLastApplied(annotations.field("other"))).isFalse();
        assertThat(KnownMetadata.isLastApplied(inner.field(KnownMetadata.LAST_APPLIED))).isFalse();
    }
}
