package dev.driftledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `driftledger replay` refuses, and how it says what it found.
class ReplayCommandTest {
    @TempDir private Path folder;
    private Path recording = Path.of("none");
    private Path bundle = Path.of("none");

    @BeforeEach
    void the_shop() throws IOException {
        recording = copy("recording.jsonl.gz");
        bundle = copy("repo.bundle");
    }

    @Test
    void an_application_has_one_folder() {
        CommandRun run = replay("--source", "cart=cart", "--source", "cart=gateway");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--source names cart twice");
    }

    @Test
    void an_option_that_is_wrong_is_named() {
        CommandRun run = replay("--source", "cart=cart", "--applied-by", "manager:");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        "--applied-by must be head, manager:NAME or annotation:KEY, got"
                                + " 'manager:'");
    }

    @Test
    void a_recording_that_cannot_be_read_is_named_with_the_cause() throws IOException {
        // Given
        Path cut = folder.resolve("cut.jsonl.gz");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(recording), 5000));
        Path broken = folder.resolve("broken.jsonl");
        Files.write(broken, "{\"header\": {".getBytes(StandardCharsets.UTF_8));

        // When
        CommandRun shortened = CommandRun.of("replay", cut.toString());
        CommandRun noFile = CommandRun.of("replay", folder.toString());
        CommandRun noJson = CommandRun.of("replay", broken.toString());

        // Then
        assertThat(shortened.err())
                .contains("cannot replay " + cut + ": its gzip stream is cut off or damaged");
        assertThat(noFile.err()).contains("cannot replay " + folder + ": is a folder");
        assertThat(noJson.err())
                .contains("cannot replay " + broken + ": recording, line 1: is no JSON")
                .doesNotContain("Source:", "REDACTED");
        assertThat(List.of(shortened.code(), noFile.code(), noJson.code())).containsOnly(2);
    }

    @Test
    void the_table_says_what_each_side_has_and_why_an_application_is_not_judged() {
        // When
        CommandRun gateway = replay("--source", "gateway=gateway", "--source", "cart=nofolder");

        // Then
        assertThat(gateway.code()).isEqualTo(2);
        assertThat(gateway.out())
                .contains(
                        "git: registry.example/proxy; cluster: registry.example/evil:1",
                        "nofolder: folder does not exist at this revision",
                        "unknown   none:cart:cart could not be judged at the end: not all");
    }

    @Test
    void a_branch_that_is_nowhere_is_named() {
        CommandRun run = replay("--source", "cart=cart", "--branch", "nope");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("branch nope (--branch) is not in the recording; it has main");
    }

    private CommandRun replay(String... more) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("replay", recording.toString(), "--repo", bundle.toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private Path copy(String name) throws IOException {
        Path to = folder.resolve(name);
        try (InputStream in =
                ReplayCommandTest.class.getResourceAsStream("/recordings/shop/" + name)) {
            Files.copy(Objects.requireNonNull(in, name), to);
        }
        return to;
    }
}
