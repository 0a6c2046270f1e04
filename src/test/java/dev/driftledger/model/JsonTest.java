package dev.driftledger.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final String SEED =
            """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","labels":{"a.b/c":"\\u00e9\\n"},
            "managedFields":[{"manager":"kubectl",
            "fieldsV1":{"f:spec":{"k:{\\"name\\":\\"c\\"}":{}}},"time":"2026-01-01T00:00:00Z"}]},
            "spec":{"n":[1,-2.5e3,true,false,null,1e400,9007199254740993,[],{}]}}
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"a\":{\"b\":{},\"c\":1,\"b\":{}}}",
                "[{\"a\":1,\"\\u0061\":2}]",
                "{} {}",
                "{}x",
                "{\"a\":NaN}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":1,}",
                "// a\n{}",
                "{\"a\":\"\t\"}",
                "1e99999999999",
                "{\"a\":-1E-99999999999}",
                "{\"a\"",
                "[1"
            })
    void what_is_no_strict_json_is_refused(String text) {
        assertThatThrownBy(() -> Json.parse(bytes(text))).isInstanceOf(IOException.class);
    }

    @Test
    void depth_and_digits_are_bounded() throws IOException {
        assertThat(Json.parse(bytes("[".repeat(500) + "]".repeat(500)))).hasSize(1);
        assertThatThrownBy(() -> Json.parse(bytes("[".repeat(501) + "]".repeat(501))))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Json.parse(bytes("[".repeat(1_000_000))))
                .isInstanceOf(IOException.class);
        assertThat(Json.parse(bytes("9".repeat(1000))).isIntegralNumber()).isTrue();
        assertThatThrownBy(() -> Json.parse(bytes("9".repeat(1001))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void numbers_stay_exact() throws IOException {
        assertThat(Json.parse(bytes("9007199254740993"))).hasToString("9007199254740993");
        assertThat(
                        Json.parse(bytes("0.1000000000000000055511151231257827"))
                                .decimalValue()
                                .toPlainString())
                .isEqualTo("0.1000000000000000055511151231257827");
    }

    @Test
    @Tag("random")
    void damaged_bytes_are_read_or_refused_and_what_is_read_can_be_written_and_read_again() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int read = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = damaged(random);
            try {
                JsonNode tree = Json.parse(bytes);
                if (StandardCharsets.UTF_8.newEncoder().canEncode(tree.toString())) {
                    byte[] written = ObjectBytes.of(tree);
                    assertThat(ObjectBytes.of(Json.parse(written))).isEqualTo(written);
                }
                read++;
            } catch (IOException _) {
                // refused, as declared
            } catch (RuntimeException | StackOverflowError | AssertionError e) {
                String text = new String(bytes, StandardCharsets.UTF_8);
                throw new AssertionError("seed " + seed + ", round " + round + ": " + text, e);
            }
        }
        assertThat(read).as("seed %d", seed).isBetween(100, 19_900);
    }

    @Test
    void a_mistake_is_told_by_line_and_column_alone() {
        for (String text : List.of("{\n\"a\": {", "{\n\"a\": tru}", "{\n\"a\": 1, \"a\": 2}")) {
            assertThatThrownBy(() -> Json.parse(bytes(text)))
                    .hasMessageContaining("line 2")
                    .hasMessageNotContainingAny("Source", "REDACTED", "\n");
        }
    }

    private static byte[] damaged(Random random) {
        byte[] bytes = bytes(SEED);
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) "{}[]\",:\\0e-.u ".charAt(random.nextInt(14));
                case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
                default -> bytes = repeated(bytes, at, random.nextInt(bytes.length - at));
            }
        }
        return bytes;
    }

    private static byte[] repeated(byte[] bytes, int from, int length) {
        byte[] longer = new byte[bytes.length + length];
        System.arraycopy(bytes, 0, longer, 0, from + length);
        System.arraycopy(bytes, from, longer, from + length, bytes.length - from);
        return longer;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
