package dev.driftledger.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    private static final int ROOMY = 1 << 20;

    private static String canonical(String json) throws IOException {
        JsonNode tree = Json.parse(json.getBytes(StandardCharsets.UTF_8));
        return new String(CanonicalJson.of(tree, ROOMY), StandardCharsets.UTF_8);
    }

    @Test
    void example_of_rfc_8785_section_3_2_2() throws IOException {
        // Given
        String json =
                """
                {"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
                "string":"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                "literals":[null,true,false]}\
                """;
        // When
        String canonical = canonical(json);
        // Then
        assertThat(canonical)
                .isEqualTo(
                        "{\"literals\":[null,true,false],"
                                + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                                + "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    @Test
    void keys_are_sorted_by_utf_16_code_units_as_in_section_3_2_3() throws IOException {
        // Given
        String json =
                """
                {"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter",
                "1":"One","\\ud83d\\ude00":"Emoji","\\u0080":"Control","\\u00f6":"Latin"}\
                """;
        // When
        String canonical = canonical(json);
        // Then
        assertThat(canonical)
                .isEqualTo(
                        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                                + "\"\u00f6\":\"Latin\",\"\u20ac\":\"Euro Sign\","
                                + "\"\ud83d\ude00\":\"Emoji\",\"\ufb33\":\"Hebrew Letter\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2",
    })
    void doubles_are_written_as_in_appendix_b(String ieee, String want) {
        // Given
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(ieee, 16));
        // When
        byte[] bytes = CanonicalJson.of(JsonNodeFactory.instance.numberNode(value), ROOMY);
        // Then
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(want);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740992",
                "-9007199254740992",
                "9007199254740993",
                "12345678901234567890",
                "9007199254740994.0",
                "1e20",
                "1e999",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\""
            })
    void what_would_be_changed_silently_is_refused(String json) {
        assertThatThrownBy(() -> canonical(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keys_with_an_unpaired_surrogate_are_refused() {
        JsonNode node = JsonNodeFactory.instance.objectNode().put("a\udc00", 1);
        assertThatThrownBy(() -> CanonicalJson.of(node, ROOMY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unpaired surrogate at UTF-16 index 1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void numbers_that_are_not_finite_are_refused(double value) {
        JsonNode node = JsonNodeFactory.instance.numberNode(value);
        assertThatThrownBy(() -> CanonicalJson.of(node, ROOMY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not finite");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":1}", "{} {}", "[1]x", "", "[01]", "[1,]"})
    void what_is_not_one_document_is_refused_at_parse(String json) {
        assertThatThrownBy(() -> canonical(json))
                .satisfiesAnyOf(
                        e -> assertThat(e).isInstanceOf(IOException.class),
                        e -> assertThat(e).hasMessageContaining("MISSING"));
    }

    @Test
    void depth_100_is_written_and_101_refused() throws IOException {
        // Given
        String deep = "[".repeat(100) + "]".repeat(100);
        // Then
        assertThat(canonical(deep)).isEqualTo(deep);
        assertThatThrownBy(() -> canonical("[" + deep + "]"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("deeper than 100");
    }

    @Test
    void depth_20000_is_refused_without_a_stack_overflow() {
        String deep = "[".repeat(20_000) + "]".repeat(20_000);
        assertThatThrownBy(() -> canonical(deep)).isInstanceOf(IOException.class);
    }

    @Test
    void size_is_capped_at_the_byte() throws IOException {
        // Given
        JsonNode tree = Json.parse("\"\u20ac\u20ac\"".getBytes(StandardCharsets.UTF_8));
        // Then
        assertThat(CanonicalJson.of(tree, 8)).hasSize(8);
        assertThatThrownBy(() -> CanonicalJson.of(tree, 7)).hasMessageContaining("more than 7");
    }

    @Test
    void canonical_bytes_parse_back_to_themselves() throws IOException {
        // Given
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            random.ints(8, 0, 0x10FFFF)
                    .filter(point -> point < 0xD800 || point > 0xDFFF)
                    .forEach(text::appendCodePoint);
            double number = Double.longBitsToDouble(random.nextLong());
            JsonNode tree =
                    JsonNodeFactory.instance
                            .arrayNode()
                            .add(text.toString())
                            .add(Double.isFinite(number) ? number / 1e290 : 1.5)
                            .add(random.nextLong(-CanonicalJson.INTEGER_MAX, 1L << 53));
            // When
            byte[] bytes;
            try {
                bytes = CanonicalJson.of(tree, ROOMY);
            } catch (IllegalArgumentException e) {
                assertThat(e).as("seed %d", seed).hasMessageContaining("2^53-1");
                continue;
            }
            // Then
            assertThat(CanonicalJson.of(Json.parse(bytes), ROOMY))
                    .as("seed %d", seed)
                    .isEqualTo(bytes);
        }
    }
}
