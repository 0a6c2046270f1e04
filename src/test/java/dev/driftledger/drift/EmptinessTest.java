package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.driftledger.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmptinessTest {
    private static final Shape POD =
            Objects.requireNonNull(ComparatorCases.SCHEMAS.find("", "v1", "Pod"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hostNetwork | null | true",
                "hostNetwork | false | true",
                "hostNetwork | true | false",
                "hostname | \"\" | true",
                "hostname | \"a\" | false",
                "priority | 0 | false",
                "other | 0 | true",
                "other | 0.0 | true",
                "other | 1 | false",
                "tolerations | [] | true",
                "tolerations | [{}] | false",
                "nodeSelector | {} | true",
                "resources | {} | true",
                "resources | {\"limits\":{}} | true",
                "resources | {\"limits\":{\"cpu\":\"1\"}} | false",
                "resources | {\"limits\":{\"cpu\":\"\"},\"a\":1} | false",
                "labelSelector | {} | false",
                "selector | {} | false",
                "securityContext | {\"runAsUser\":0} | false",
                "securityContext | {\"a\":false} | true",
                "terminationGracePeriodSeconds | 0 | false",
                "automountServiceAccountToken | false | false"
            })
    void says_no_more_than_its_absence(String field, String value, boolean nothing)
            throws IOException {
        // Given
        JsonNode node = Json.parse(value.getBytes(StandardCharsets.UTF_8));
        JsonNode around = JsonNodeFactory.instance.objectNode();
        Place spec = Place.root(POD).field("spec").enter(around, around);

        // When, Then
        assertThat(Emptiness.saysNothing(spec.field(field), node)).isEqualTo(nothing);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "minimum | 0 | false",
                "maxLength | 0 | false",
                "default | [] | false",
                "default | \"\" | false",
                "required | [] | true",
                "nullable | false | true",
                "description | \"\" | true"
            })
    void a_bound_or_a_default_of_a_schema_is_one_even_when_zero(
            String field, String value, boolean nothing) throws IOException {
        // Given
        JsonNode node = Json.parse(value.getBytes(StandardCharsets.UTF_8));
        JsonNode around = JsonNodeFactory.instance.objectNode();
        Shape definition =
                Objects.requireNonNull(
                        ComparatorCases.SCHEMAS.find(
                                "apiextensions.k8s.io", "v1", "CustomResourceDefinition"));
        Place schema =
                Place.root(definition)
                        .field("spec")
                        .field("versions")
                        .item("0")
                        .field("schema")
                        .field("openAPIV3Schema")
                        .enter(around, around);

        // When, Then
        assertThat(Emptiness.saysNothing(schema.field(field), node)).isEqualTo(nothing);
    }

    @Test
    void a_member_of_a_union_is_chosen_by_being_there() {
        // Given
        JsonNode empty = JsonNodeFactory.instance.objectNode();
        Place volume =
                Place.root(POD)
                        .field("spec")
                        .enter(empty, empty)
                        .field("volumes")
                        .enter(empty, empty)
                        .item("a")
                        .enter(empty, empty);

        // When, Then
        assertThat(Emptiness.saysNothing(volume.field("emptyDir"), empty)).isFalse();
        assertThat(Emptiness.saysNothing(volume.field("name"), MissingNode.getInstance())).isTrue();
    }
}
