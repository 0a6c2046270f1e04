package dev.driftledger.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.web.Conditions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private Instant now = Instant.parse("2026-11-22T14:47:23Z");
    private final Watchdog watchdog = new Watchdog(Settings.service(), () -> now);

    private void pass(String time) {
        now = now.plus(Duration.parse(time));
    }

    private Conditions.Part log() {
        return watchdog.parts().stream()
                .filter(part -> part.name().equals("log c-1"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_watched_log_that_does_not_grow_is_not_well_though_it_is_signed() {
        // Given
        watchdog.watched("c-1");
        pass("PT1M30S");
        watchdog.recorded("c-1");

        // When
        pass("PT1M30S");
        watchdog.up("log c-1", "signed");
        assertThat(log().up()).isTrue();
        pass("PT31S");
        watchdog.up("log c-1", "signed");

        // Then
        assertThat(log().up()).isFalse();
        assertThat(log().words())
                .isEqualTo("signed, nothing was recorded since 2026-11-22T14:48:53Z");
    }

    @Test
    void a_log_that_nobody_watches_here_may_be_silent() {
        // Given
        watchdog.watched("c-1");
        watchdog.up("log c-1", "signed");

        // When
        watchdog.unwatched("c-1");
        pass("PT1H");

        // Then
        assertThat(log().up()).isTrue();
    }

    @Test
    void a_watch_that_begins_again_and_again_is_not_well_either() {
        // Given
        watchdog.watched("c-1");

        // When
        pass("PT2M");
        watchdog.watched("c-1");
        pass("PT1S");

        // Then
        assertThat(log().up()).isFalse();
    }
}
