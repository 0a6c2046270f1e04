package dev.driftledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RecordCommandTest {
    @TempDir Path folder;

    @Test
    void a_confidential_path_that_is_none_is_refused_before_anything_is_written() {
        // Given
        Path output = folder.resolve("watch.jsonl.gz");
        StringWriter err = new StringWriter();

        // When
        int code =
                new CommandLine(new RecordCommand())
                        .setErr(new PrintWriter(err))
                        .execute("-o", output.toString(), "--confidential", "spec.token");

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("group/kind:/json/pointer", "spec.token");
        assertThat(output).doesNotExist();
    }

    @Test
    void what_is_confidential_is_redacted_while_recording() {
        List<String> paths = List.of("ConfigMap:/data/token", "apps/Deployment:/spec/*");

        assertThat(RecordCommand.options(paths).confidentialPaths()).isEqualTo(paths);
    }

    @Test
    void what_is_wrong_is_named_as_the_command_line_names_it() {
        // Given
        String output = folder.resolve("watch.jsonl.gz").toString();
        String nowhere = folder.resolve("no/such/watch.jsonl.gz").toString();
        String config = folder.resolve("no-such-config").toString();

        // When
        CommandRun access = CommandRun.of("record", "-o", output, "--kubeconfig", config);
        CommandRun file = CommandRun.of("record", "-o", nowhere);

        // Then
        assertThat(access.code()).isEqualTo(2);
        assertThat(access.err())
                .contains("--kubeconfig names " + config)
                .doesNotContain("record.", "in-cluster");
        assertThat(file.code()).isEqualTo(2);
        assertThat(file.err())
                .contains("-o names " + nowhere + ", but there is no folder", "no/such");
        assertThat(CommandRun.of("record", "--help").out()).contains("Exit codes:");
    }
}
