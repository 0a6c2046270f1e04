package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.testkit.Manifests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListKeysTest {
    private static final String PORTS =
            """
            {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [port, protocol],
             items: {properties: {protocol: {type: string, default: TCP}}}}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{port: 80, protocol: UDP} | 80/UDP",
                "{port: 80} | 80/TCP",
                "{port: 80, protocol: null} | 80/TCP"
            })
    void an_item_is_told_by_its_key_fields_and_their_defaults(String item, String key) {
        assertThat(ListKeys.of(Manifests.one(item), shape(PORTS), 7)).isEqualTo(key);
    }

    @Test
    void one_key_field_is_the_key_as_it_is() {
        String list =
                "{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name]}";
        assertThat(ListKeys.of(Manifests.one("{name: a}"), shape(list), 7)).isEqualTo("a");
    }

    @Test
    void items_of_sets_are_their_own_keys_and_those_of_other_lists_their_place() {
        // Given
        Shape set = shape("{type: array, x-kubernetes-list-type: set}");
        Shape list = shape("{type: array}");
        JsonNode named = Manifests.one("{name: a}");
        JsonNode odd = Manifests.one("{name: 1}");

        // When, Then
        assertThat(ListKeys.of(named.path("name"), set, 7)).isEqualTo("a");
        assertThat(ListKeys.of(named, set, 7)).isEqualTo("{\"name\":\"a\"}");
        assertThat(ListKeys.of(named, list, 7)).isEqualTo("7");
        assertThat(ListKeys.of(named, Shape.ANY, 7)).isEqualTo("a");
        assertThat(ListKeys.of(odd, Shape.ANY, 7)).isEqualTo("7");
    }

    @Test
    void two_items_of_one_key_make_the_list_ambiguous() {
        JsonNode lists =
                Manifests.one("{once: [{port: 1}, {port: 2}], twice: [{port: 1}, {port: 1}]}");
        assertThat(ListKeys.index(lists.path("once"), shape(PORTS))).hasSize(2);
        assertThat(ListKeys.index(lists.path("twice"), shape(PORTS))).isNull();
    }

    @Test
    void a_list_is_named_when_each_item_has_a_text_for_a_name() {
        JsonNode lists = Manifests.one("{a: [{name: x}], b: [{name: x}, {name: 1}], c: []}");
        assertThat(ListKeys.named(lists.path("a"))).isTrue();
        assertThat(ListKeys.named(lists.path("b"))).isFalse();
        assertThat(ListKeys.named(lists.path("c"))).isTrue();
    }

    @Test
    void places_are_told_as_they_were_before_items_were_taken_out() {
        // Given
        JsonNode list = Manifests.one("{a: [a, b, c, d]}").path("a");
        JsonNode other = Manifests.one("{a: [a, b]}").path("a");
        Positions positions = new Positions();
        Positions others = new Positions();

        // When
        positions.remove(list, 1);
        positions.remove(list, 1);
        others.remove(other, 0);

        // Then
        assertThat(positions.first(list, 0)).isZero();
        assertThat(positions.first(list, 1)).isEqualTo(3);
        assertThat(positions.first(other, 1)).isEqualTo(1);
        assertThat(positions.and(others).first(other, 0)).isEqualTo(1);
        assertThat(positions.and(others).first(list, 1)).isEqualTo(3);
        assertThat(positions.and(null).first(list, 1)).isEqualTo(3);
    }

    private static Shape shape(String schema) {
        return Shape.of(SchemaDocument.NONE, Manifests.one(schema), null);
    }
}
