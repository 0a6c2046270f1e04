package dev.driftledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @ParameterizedTest
    @ValueSource(strings = {"sandbox", "serve", "verify", "record", "replay", "compare", "why"})
    void each_command_says_its_version(String command) {
        CommandRun run = CommandRun.of(command, "--version");

        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo(CommandRun.of("--version").out()).startsWith("driftledger");
    }
}
