package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.testkit.Manifests;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: object, properties: {a: {type: string}}} | STRUCT",
                "{properties: {a: {type: string}}} | STRUCT",
                "{type: object, additionalProperties: {type: string}} | MAP",
                "{type: object, additionalProperties: true} | ANY",
                "{type: object} | ANY",
                "{x-kubernetes-preserve-unknown-fields: true} | ANY",
                "{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [a]}"
                        + " | LIST_MAP",
                "{type: array, x-kubernetes-list-type: map} | LIST",
                "{type: array, x-kubernetes-list-type: set} | SET",
                "{type: array, x-kubernetes-list-type: atomic} | LIST",
                "{type: array} | LIST",
                "{type: string} | SCALAR",
                "{type: integer} | SCALAR",
                "{type: number} | SCALAR",
                "{type: boolean} | SCALAR",
                "{x-kubernetes-int-or-string: true} | SCALAR",
                "{type: object, format: int-or-string} | SCALAR"
            })
    void the_form_is_what_the_schema_says(String schema, Shape.Form form) {
        assertThat(shape(schema).form()).isEqualTo(form);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{format: date-time} | DATE_TIME",
                "{format: duration} | DURATION",
                "{format: byte} | BASE64",
                "{format: quantity} | QUANTITY",
                "{format: int64} | PLAIN",
                "{x-kubernetes-int-or-string: true} | INT_OR_STRING",
                "{x-kubernetes-int-or-string: true, pattern: 'a'} | INT_OR_STRING"
            })
    void the_format_is_what_the_schema_says(String schema, Shape.Format format) {
        assertThat(shape(schema).format()).isEqualTo(format);
    }

    @Test
    void fields_items_and_values_have_their_own_shape_compiled_once() {
        // Given
        Shape struct = shape("{properties: {a: {type: string}, '*': {type: boolean}}}");
        Shape map = shape("{type: object, additionalProperties: {type: string, default: x}}");
        Shape list = shape("{type: array, items: {type: string, default: y}}");

        // When, Then
        assertThat(struct.field("a").form()).isEqualTo(Shape.Form.SCALAR);
        assertThat(struct.field("a")).isSameAs(struct.field("a"));
        assertThat(struct.field("b")).isSameAs(Shape.ANY);
        assertThat(struct.names("a")).isTrue();
        assertThat(struct.names("b")).isFalse();
        assertThat(struct.items()).isSameAs(Shape.ANY);
        assertThat(map.field("b").schemaDefault()).hasToString("\"x\"");
        assertThat(map.field("b")).isSameAs(map.field("c"));
        assertThat(list.items().schemaDefault()).hasToString("\"y\"");
        assertThat(list.items()).isSameAs(list.items());
        assertThat(list.field("a")).isSameAs(Shape.ANY);
    }

    @Test
    void key_fields_are_sorted() {
        assertThat(shape("{type: array, x-kubernetes-list-map-keys: [b, a]}").keys())
                .containsExactly("a", "b");
    }

    @Test
    void references_are_followed_and_keep_the_default_that_stands_beside_them() {
        // Given
        Schemas schemas =
                schemas(
                        """
                        {components: {schemas: {
                          io.k8s.api.x.v1.Thing: {
                            x-kubernetes-group-version-kind: [{group: x, version: v1, kind: Thing}],
                            type: object, properties: {
                              spec: {allOf: [{$ref: '#/components/schemas/io.k8s.api.x.v1.Spec'}],
                                     default: {}},
                              other: {$ref: '#/components/schemas/io.k8s.api.x.v1.Spec'},
                              self: {$ref: '#/components/schemas/io.k8s.api.x.v1.Thing'},
                              gone: {$ref: '#/components/schemas/none'},
                              odd: {$ref: 'elsewhere'}}},
                          io.k8s.api.x.v1.Spec: {type: object, properties: {a: {type: string}}}}}}
                        """);

        // When
        Shape thing = Objects.requireNonNull(schemas.find("x", "v1", "Thing"));

        // Then
        assertThat(thing.isBuiltIn()).isTrue();
        assertThat(thing.typeName()).isEqualTo("io.k8s.api.x.v1.Thing");
        assertThat(thing.field("spec").typeName()).isEqualTo("io.k8s.api.x.v1.Spec");
        assertThat(thing.field("spec").schemaDefault()).hasToString("{}");
        assertThat(thing.field("other").schemaDefault()).isNull();
        assertThat(thing.field("self").field("self").form()).isEqualTo(Shape.Form.STRUCT);
        assertThat(thing.field("gone")).isSameAs(Shape.ANY);
        assertThat(thing.field("odd").form()).isEqualTo(Shape.Form.ANY);
    }

    @Test
    void a_kind_is_found_by_group_version_and_name() {
        // Given
        Schemas schemas =
                schemas(
                        """
                        {components: {schemas: {
                          a.Thing: {x-kubernetes-group-version-kind: [
                             {group: y, version: v1, kind: Thing}]},
                          b.Thing: {x-kubernetes-group-version-kind: [
                             {group: x, version: v2, kind: Thing},
                             {group: x, version: v1, kind: Thing}], type: object}}}}
                        """);

        // When
        Shape found = Objects.requireNonNull(schemas.find("x", "v1", "Thing"));

        // Then
        assertThat(found.typeName()).isEqualTo("b.Thing");
        assertThat(found.isBuiltIn()).isFalse();
        assertThat(schemas.find("x", "v1", "Other")).isNull();
        assertThat(schemas.find("x", "v2", "Thing")).isNull();
        assertThat(schemas.digest("x", "v1", "Thing")).isNotNull();
        assertThat(schemas.digest("x", "v1", "Other")).isNull();
    }

    @Test
    void definitions_win_until_they_are_taken_out() {
        // Given
        Schemas plain =
                schemas(
                        """
                        {components: {schemas: {b.Thing: {type: object,
                          x-kubernetes-group-version-kind:
                            [{group: x, version: v1, kind: Thing}]}}}}
                        """);
        ObjectNode definition =
                Manifests.one(
                        """
                        {spec: {group: x, names: {kind: Thing}, versions: [{name: v0},
                          {name: v2, schema: {openAPIV3Schema: {type: string}}},
                          {name: v1, schema: {openAPIV3Schema: {properties: {a: {}}}}}]}}
                        """);

        // When
        Schemas defined = plain.withCrd(definition);

        // Then
        assertThat(form(plain)).isEqualTo(Shape.Form.ANY);
        assertThat(form(defined)).isEqualTo(Shape.Form.STRUCT);
        assertThat(form(defined.withoutCrd("x", "Thing"))).isEqualTo(Shape.Form.ANY);
        assertThat(form(defined.withoutCrd("x", "Other"))).isEqualTo(Shape.Form.STRUCT);
        assertThat(defined.find("x", "v0", "Thing")).isNull();
        assertThat(defined.digest("x", "v1", "Thing"))
                .isNotEqualTo(plain.digest("x", "v1", "Thing"));
        assertThat(Schemas.empty().find("x", "v1", "Thing")).isNull();
    }

    @Test
    void a_document_is_added_by_its_path() {
        // Given
        ObjectNode core =
                Manifests.one(
                        """
                        {components: {schemas: {a.Thing: {type: object,
                          x-kubernetes-group-version-kind:
                            [{group: '', version: v1, kind: Thing}]}}}}
                        """);

        // When
        Schemas schemas = Schemas.empty().with("api/v1", core);

        // Then
        assertThat(schemas.find("", "v1", "Thing")).isNotNull();
        assertThat(Schemas.empty().with("apis/x/v1", core).find("", "v1", "Thing")).isNull();
    }

    private static Shape.Form form(Schemas schemas) {
        return Objects.requireNonNull(schemas.find("x", "v1", "Thing")).form();
    }

    private static Schemas schemas(String document) {
        return Schemas.of(new TreeMap<>(Map.of("apis/x/v1", Manifests.one(document))));
    }

    private static Shape shape(String schema) {
        return Shape.of(SchemaDocument.NONE, Manifests.one(schema), null);
    }
}
