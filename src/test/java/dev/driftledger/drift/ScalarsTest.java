package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.Json;
import dev.driftledger.testkit.Manifests;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whether two scalars are the same, by which rule; `-` is no rule, `plain` the same writing.
class ScalarsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | 1 | plain",
                "1 | 2 | -",
                "1 | 1.0 | plain",
                "1.50 | 1.5 | plain",
                "1.5 | 1.5 | plain",
                "1.5 | 1.6 | -",
                "9007199254740993 | 9007199254740992 | -",
                "9007199254740993 | 9007199254740993 | plain",
                "1e400 | 1e400 | plain",
                "1e400 | 1e401 | -",
                "true | true | plain",
                "true | false | -",
                "\"true\" | true | -",
                "\"1\" | 1 | -",
                "\"a\" | \"a\" | plain",
                "\"a\" | \"b\" | -",
                "\"12000m\" | \"12\" | quantity:guessed",
                "\"12000m\" | 12 | quantity:guessed",
                "\"1.10\" | \"1.1\" | -",
                "\"1k\" | true | -",
                "false | \"0m\" | -",
            })
    void without_a_schema(String desired, String live, String rule) throws IOException {
        assertThat(rule(Shape.ANY, desired, live)).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{format: date-time} | 2026-01-01T00:00:00Z | 2026-01-01T01:00:00+01:00 | time",
                "{format: date-time} | 2026-01-01T00:00:00Z | 2026-01-01T00:00:01Z | -",
                "{format: date-time} | no time | 2026-01-01T00:00:01Z | -",
                "{format: date-time} | 2026-01-01T00:00:01Z | no time | -",
                "{format: duration} | 90s | 1m30s | duration",
                "{format: duration} | 1h | 60m | duration",
                "{format: duration} | 1.5h | 1h30m0s | duration",
                "{format: duration} | 1000ms | 1s | duration",
                "{format: duration} | 1000us | 1ms | duration",
                "{format: duration} | 1000ns | 1us | duration",
                "{format: duration} | 1000µs | 1ms | duration",
                "{format: duration} | 0 | 0s | duration",
                "{format: duration} | 1h | 61m | -",
                "{format: duration} | 1 | 1s | -",
                "{format: duration} | 1d | 24h | -",
                "{format: duration} | h | 0s | -",
                "{format: duration} | `` | 0s | -",
                "{format: duration} | 0s | `` | -",
                "{format: byte} | YWJj | `YW Jj` | base64",
                "{format: byte} | YWJj | YWJk | -",
                "{format: quantity} | 0.25Gi | 256Mi | quantity",
                "{format: quantity} | 0.25Gi | 257Mi | -",
                "{format: int-or-string} | 80 | http | -",
                "{x-kubernetes-int-or-string: true} | 12000m | 12 | quantity:guessed",
                "{x-kubernetes-int-or-string: true} | 12001m | 12 | -",
                "{x-kubernetes-int-or-string: true, pattern: '[KMGTPE]i'} | 1000m | 1 | quantity",
                "{type: string} | 12000m | 12 | quantity:guessed",
            })
    void by_the_format_of_a_schema(String schema, String desired, String live, String rule) {
        Shape shape = Shape.of(SchemaDocument.NONE, Manifests.one(schema), null);
        assertThat(named(Scalars.same(shape, text(desired), text(live)))).isEqualTo(rule);
    }

    @Test
    void an_int_or_string_is_the_same_as_text_and_as_number() throws IOException {
        // Given
        ObjectNode schema = Manifests.one("{format: int-or-string}");
        Shape shape = Shape.of(SchemaDocument.NONE, schema, null);

        // When, Then
        assertThat(rule(shape, "\"80\"", "80")).isEqualTo("int-or-string");
        assertThat(rule(shape, "\"80\"", "81")).isEqualTo("-");
    }

    @Test
    void types_of_kubernetes_have_the_format_that_their_name_says() {
        // Given
        ObjectNode schema = Manifests.one("{type: string}");
        String quantity = "io.k8s.apimachinery.pkg.api.resource.Quantity";
        String duration = "io.k8s.apimachinery.pkg.apis.meta.v1.Duration";

        // When, Then
        assertThat(Shape.of(SchemaDocument.NONE, schema, quantity).format())
                .isEqualTo(Shape.Format.QUANTITY);
        assertThat(Shape.of(SchemaDocument.NONE, schema, duration).format())
                .isEqualTo(Shape.Format.DURATION);
        assertThat(Shape.of(SchemaDocument.NONE, schema, "a.b.Thing").format())
                .isEqualTo(Shape.Format.PLAIN);
    }

    @Test
    void line_ends_in_base64_say_nothing() {
        // Given
        Shape shape = Shape.of(SchemaDocument.NONE, Manifests.one("{format: byte}"), null);

        // When, Then
        assertThat(Scalars.same(shape, text("YW\r\nJj\n"), text("YWJj"))).isEqualTo("base64");
    }

    @Test
    void numbers_that_are_none_are_the_same_when_written_the_same() {
        DoubleNode nothing = DoubleNode.valueOf(Double.NaN);
        DoubleNode endless = DoubleNode.valueOf(Double.POSITIVE_INFINITY);
        DoubleNode one = DoubleNode.valueOf(1);
        assertThat(Scalars.same(Shape.ANY, nothing, nothing)).isEmpty();
        assertThat(Scalars.same(Shape.ANY, nothing, endless)).isNull();
        assertThat(Scalars.same(Shape.ANY, one, endless)).isNull();
    }

    @Test
    void numbers_of_one_value_may_be_written_differently() {
        DecimalNode long1 = DecimalNode.valueOf(new BigDecimal("1.0"));
        assertThat(Scalars.same(Shape.ANY, IntNode.valueOf(1), long1)).isEqualTo("number");
        assertThat(Scalars.same(Shape.ANY, IntNode.valueOf(2), long1)).isNull();
    }

    @Test
    void a_duration_of_more_letters_than_any_has_is_a_text() {
        // Given
        Shape shape = Shape.of(SchemaDocument.NONE, Manifests.one("{format: duration}"), null);
        String most = "0".repeat(63) + "s";

        // When, Then
        assertThat(Scalars.same(shape, text(most), text("0s"))).isEqualTo("duration");
        assertThat(Scalars.same(shape, text("0" + most), text("0s"))).isNull();
    }

    @Test
    void only_texts_truth_values_and_small_integers_are_plainly_the_same() throws IOException {
        assertThat(Scalars.plainlySame(read("\"a\""), read("\"a\""))).isTrue();
        assertThat(Scalars.plainlySame(read("true"), read("true"))).isTrue();
        assertThat(Scalars.plainlySame(read("7"), read("7"))).isTrue();
        assertThat(Scalars.plainlySame(read("7"), read("8"))).isFalse();
        assertThat(Scalars.plainlySame(read("\"7\""), read("7"))).isFalse();
        assertThat(Scalars.plainlySame(read("\"a\""), null)).isFalse();
        assertThat(Scalars.plainlySame(read("{}"), read("{}"))).isFalse();
        assertThat(Scalars.plainlySame(read("1.5"), read("1.5"))).isFalse();
        assertThat(Scalars.plainlySame(read("null"), read("null"))).isFalse();
    }

    private static String rule(Shape shape, String desired, String live) throws IOException {
        return named(Scalars.same(shape, read(desired), read(live)));
    }

    private static String named(@Nullable String rule) {
        if (rule == null) {
            return "-";
        }
        return rule.isEmpty() ? "plain" : rule;
    }

    private static JsonNode read(String json) throws IOException {
        return Json.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode text(String value) {
        return Json.shared().getNodeFactory().textNode(value);
    }
}
