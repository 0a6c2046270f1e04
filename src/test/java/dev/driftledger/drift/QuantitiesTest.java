package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

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
        "100u, 0.0001"
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
            strings = {"", ".", "+", "1e9999", "1e", "1..2", "1Q", "0x10", "1 Gi", "Gi", "1e1.5"})
    void what_is_no_quantity_is_refused(String text) {
        assertThat(Quantities.parse(text)).isNull();
    }
}
