package dev.driftledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PageTokenTest {
    private static final PageToken TOKEN = new PageToken(42, List.of(7L, Long.MAX_VALUE), 50);

    @Test
    void a_token_reads_as_it_was_written() {
        assertThat(PageToken.parse(TOKEN.text(), 42)).isEqualTo(TOKEN);
    }

    @Test
    void a_token_of_another_question_is_refused() {
        assertThatThrownBy(() -> PageToken.parse(TOKEN.text(), 43))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another question");
    }

    @Test
    void every_changed_character_is_noticed() {
        // Given
        String text = TOKEN.text();
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'A' ? 'B' : 'A';
            String changed = text.substring(0, i) + other + text.substring(i + 1);
            // When / Then
            assertThatThrownBy(() -> PageToken.parse(changed, 42))
                    .as(changed)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "A", "%", "AAAA", "not a token", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void what_is_no_token_is_refused(String text) {
        assertThatThrownBy(() -> PageToken.parse(text, 42))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("page_token is not one of ours");
    }

    @Test
    void a_token_that_is_far_too_long_is_refused() {
        assertThatThrownBy(() -> PageToken.parse("A".repeat(10_000_000), 42))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void questions_with_shifted_parts_are_different() {
        assertThat(PageToken.hash(List.of("ab", "c")))
                .isNotEqualTo(PageToken.hash(List.of("a", "bc")));
    }
}
