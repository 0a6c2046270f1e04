package dev.driftledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `driftledger compare` and `driftledger why` say of ignore rules that hide nothing.
class CompareRulesTest {
    private static final String HIDING =
            """
            apiVersion: driftledger.dev/v1
            kind: IgnoreRules
            rules:
            - {id: tuned, reason: by hand, target: {kind: ConfigMap}, paths: ['data[key]']}
            """;

    @TempDir private Path folder;

    @BeforeEach
    void files() throws IOException {
        write("desired.yaml", configMap("a", "1") + "---\n" + configMap("gone", "1"));
        write("live.yaml", configMap("a", "2"));
    }

    @Test
    void a_broken_document_is_told_with_its_line_and_the_others_are_used() throws IOException {
        // Given
        write("rules.yaml", HIDING + "---\na: 1\nb: ]\n---\n7\n");

        // When
        CommandRun run = run("compare");

        // Then
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("ignored    ConfigMap shop/a")
                .contains("rules.yaml#2 hides nothing: line 7: no valid YAML")
                .contains("rules.yaml#3 hides nothing: document is no object");
    }

    @Test
    void a_file_that_cannot_be_read_at_all_hides_nothing() throws IOException {
        // Given
        write("rules.yaml", HIDING + "--- more\n");

        // When
        CommandRun run = run("compare");

        // Then
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("drifted    ConfigMap shop/a")
                .contains("hides nothing: line 5: only a comment may follow ---");
    }

    @Test
    void rules_that_do_nothing_are_noted_and_change_no_exit_code() throws IOException {
        // Given
        write("desired.yaml", configMap("a", "1"));
        write(
                "rules.yaml",
                HIDING
                        + "- {id: case, reason: r, target: {kind: configmap}, paths: [data]}\n"
                        + "- {id: other, reason: r, target: {kind: ConfigMap}, paths: [data.x]}\n"
                        + "---\n"
                        + "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization}\n");

        // When
        CommandRun run = run("compare");
        CommandRun json = run("compare", "-o", "json");

        // Then
        String file = folder.resolve("rules.yaml").toString();
        assertThat(run.code()).isZero();
        assertThat(run.out().lines().filter(line -> line.startsWith("warning: " + file)))
                .containsExactly(
                        "warning: " + file + ": rule case is about no object here",
                        "warning: " + file + ": rule other hides nothing here");
        assertThat(
                        Json.parse(json.out().getBytes(StandardCharsets.UTF_8))
                                .path("warnings")
                                .findValuesAsText("message"))
                .contains("rule case is about no object here", "rule other hides nothing here");
    }

    @Test
    void why_tells_each_rule_that_cannot_be_used_of_either_sort_of_verdict() throws IOException {
        // Given
        write(
                "rules.yaml",
                HIDING.replace("paths:", "path:")
                        + "- {id: old, reason: r, target: {kind: ConfigMap}, paths: [data],"
                        + " expires: '2020-01-01'}\n");

        // When
        List<String> both = run("why", "ConfigMap/shop/a").out().lines().toList();
        List<String> missing = run("why", "ConfigMap/shop/gone").out().lines().toList();

        // Then
        for (List<String> lines : List.of(both, missing)) {
            assertThat(lines)
                    .filteredOn(line -> line.contains("ignore:"))
                    .satisfiesExactly(
                            tuned ->
                                    assertThat(tuned)
                                            .contains("input")
                                            .contains("hides nothing: path is not known"),
                            old ->
                                    assertThat(old)
                                            .contains("input")
                                            .contains(
                                                    "hides nothing: expired at 2020-01-02T00:00"));
        }
    }

    private static String configMap(String name, String value) {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, namespace: shop},"
                        .formatted(name)
                + " data: {key: '%s'}}\n".formatted(value);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private CommandRun run(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command));
        for (String side : List.of("desired", "live", "rules")) {
            arguments.addAll(List.of("--" + side, folder.resolve(side + ".yaml").toString()));
        }
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }
}
