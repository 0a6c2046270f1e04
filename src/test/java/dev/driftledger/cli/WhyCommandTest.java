package dev.driftledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `driftledger why` says of files, and which options it refuses.
class WhyCommandTest {
    private static final String MANAGED =
            ", managedFields: [{manager: kubectl-edit, operation: Update,"
                    + " fieldsV1: {'f:data': {}}}]";

    @TempDir private Path folder;
    private Path desired = Path.of("none");
    private Path live = Path.of("none");

    @BeforeEach
    void two_files() throws IOException {
        desired = write("desired.yaml", configMap("", "{a: b, c: d}"));
        live = write("live.yaml", configMap(MANAGED, "{a: x, c: y}"));
    }

    @Test
    void a_resource_is_called_as_elsewhere() {
        assertThat(why().out()).startsWith("ConfigMap shop/a  drifted\n");
    }

    @Test
    void options_that_would_have_no_effect_are_refused() {
        // When
        CommandRun files = why("--url", "http://127.0.0.1:1", "x/ConfigMap/shop/a");
        CommandRun moment = why("--at", "2026-01-01T00:00:00Z");

        // Then
        assertThat(files.code()).isEqualTo(2);
        assertThat(files.err()).contains("--desired is for files and --url for a running service");
        assertThat(moment.code()).isEqualTo(2);
        assertThat(moment.err()).contains("--at goes with --url alone");
    }

    @Test
    void a_field_that_is_not_there_is_no_success() {
        for (String format : List.of("text", "json")) {
            CommandRun run = why("--field", "nope", "-o", format);

            assertThat(run.code()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains("--field: no such field", "'nope'");
        }
    }

    @Test
    void one_field_comes_with_the_rule_that_hides_it_and_the_verdict() throws IOException {
        // Given
        Path rules =
                write(
                        "rules.yaml",
                        "{apiVersion: driftledger.dev/v1, kind: IgnoreRules, rules: [{id: mine,"
                                + " target: {kind: ConfigMap}, paths: [data.a],"
                                + " reason: a is turned by hand}]}");

        // When
        CommandRun run = why("--field", "data.a", "--rules", rules.toString());
        CommandRun json = why("--field", "data.a", "-o", "json");

        // Then
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("  data.a\n", "because a is turned by hand", "drifted: 1 difference")
                .doesNotContain("data.c", "input");
        assertThat(json.out()).contains("data.a").doesNotContain("data.c");
    }

    @Test
    void what_git_leaves_out_is_not_said_by_both() throws IOException {
        // Given
        String deployment =
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, namespace: shop%s},"
                        + " spec: {selector: {matchLabels: {a: a}}, template: {metadata: {labels:"
                        + " {a: a}}, spec: {containers: [{name: c, image: i}]%s}}}}";
        desired = write("desired.yaml", deployment.formatted("", ""));
        live = write("live.yaml", deployment.formatted(MANAGED, ", securityContext: {}"));

        // When
        CommandRun run = why("--field", "spec.template.spec.securityContext");

        // Then
        assertThat(run.out())
                .contains("git leaves it out, which means the same: {}")
                .doesNotContain("both say");
    }

    private CommandRun why(String... more) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(
                List.of("why", "--desired", desired.toString(), "--live", live.toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static String configMap(String more, String data) {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: shop%s}, data: %s}"
                .formatted(more, data);
    }

    private Path write(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }
}
