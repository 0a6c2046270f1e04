package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "1000m, 1",
        "0.25Gi, 256Mi",
        "1Gi, 1073741824",
        "0.1, 100m",
        "1e3, 1k",
        "12E2, 1200",
        "0.0001, 1m",
        "-0.5, -500m",
        "1.5Gi, 1536Mi",
        "9007199254740993, 9007199254740993",
        "100u, 0.0001",
        "0.0000000001, 1n",
        "-0.0000000001, -1n",
        "-0.0001, -1m",
        "1e-1, 100m",
        "1E+3, 1k",
        "-1, -1000m",
        "+1, 1"
    })
    void the_same_amount_is_the_same(String desired, String live) {
        assertThat(Quantities.same(desired, live)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2",
        "1G, 1Gi",
        "9007199254740993, 9007199254740992",
        "0.0001, 2m",
        "1, 1Mi",
        "a, a",
        "'', ''"
    })
    void another_amount_or_no_amount_is_not(String desired, String live) {
        assertThat(Quantities.same(desired, live)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "+", "1e9999", "1e", "1..2", "1Q", "0x10", "1 Gi", "Gi", "1e1.5", "1e-123",
                "e3"
            })
    void what_is_no_quantity_is_refused(String text) {
        assertThat(Quantities.parse(text)).isNull();
    }

    @Test
    void the_longest_text_that_is_an_amount_has_64_characters() {
        assertThat(Quantities.parse("0".repeat(63) + "1")).isEqualTo("1");
        assertThat(Quantities.parse("0".repeat(64) + "1")).isNull();
    }

    @Test
    void a_unit_is_a_letter_at_the_end_of_an_amount() {
        assertThat(Quantities.hasUnit("1Gi")).isTrue();
        assertThat(Quantities.hasUnit("1m")).isTrue();
        assertThat(Quantities.hasUnit("1")).isFalse();
        assertThat(Quantities.hasUnit("Gi")).isFalse();
        assertThat(Quantities.hasUnit("")).isFalse();
    }
}
