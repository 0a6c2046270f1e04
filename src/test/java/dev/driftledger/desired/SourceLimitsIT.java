package dev.driftledger.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.desired.yaml.YamlLimits;
import dev.driftledger.model.IntakeRecord.RenderProblem;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What a source has too much of is said, and nothing else is lost by it.
class SourceLimitsIT extends SourceLab {
    @Test
    void a_file_too_large_by_itself_takes_nothing_from_the_others() throws Exception {
        // Given
        git.commit(Map.of("a.yaml", "#".repeat(400), "b.yaml", CART, "c.yaml", CART));
        // When
        Rendering rendering = render(reader("", limits(9, 300, 2L * CART.length(), 9)));
        // Then
        assertThat(rendering.manifests()).extracting(m -> m.file()).containsExactly("c.yaml#1");
        assertThat(rendering.problems())
                .extracting(p -> p.file() + " " + p.harmless() + " " + p.message())
                .containsExactly(
                        "a.yaml false file has 400 bytes, more than 300"
                                + " (driftledger.desired.file-bytes-max)",
                        "c.yaml#1 true ConfigMap shop/cart stands in b.yaml#1 too;"
                                + " this one counts");
    }

    @Test
    void files_beyond_the_bytes_of_a_source_may_hide_resources_and_are_counted() throws Exception {
        // Given
        git.commit(Map.of("a.yaml", CART, "b.yaml", named("Service", "b"), "c.yaml", CART));
        // When
        Rendering rendering = render(reader("", limits(9, 300, CART.length() + 1, 9)));
        // Then
        assertThat(rendering.manifests()).extracting(m -> m.file()).containsExactly("a.yaml#1");
        assertThat(rendering.problems())
                .containsExactly(
                        new RenderProblem(
                                "b.yaml",
                                "this and later files are not read, 2 in all: together more than "
                                        + (CART.length() + 1)
                                        + " bytes (driftledger.desired.source-bytes-max)"));
    }

    @Test
    void aliases_of_many_small_files_cannot_fill_the_memory() throws Exception {
        // Given
        StringBuilder bomb = new StringBuilder("x: &x [1,1,1,1,1,1,1,1,1,1]\n");
        bomb.append("y: [").append("*x,".repeat(90)).append("*x]\n");
        Map<String, String> files = new TreeMap<>();
        for (int i = 10; i < 30; i++) {
            files.put("f" + i + ".yaml", CART + bomb.toString().replace("x", "x" + i));
        }
        git.commit(files);
        SourceReader reader = reader("", limits(99, 9_999, 99_999, 99));
        // When
        Rendering first = render(reader);
        Rendering again = render(reader);
        // Then
        assertThat(first.problems())
                .filteredOn(p -> p.message().contains("source-nodes-max"))
                .singleElement()
                .satisfies(p -> assertThat(p.file()).isEqualTo("f19.yaml"))
                .satisfies(p -> assertThat(p.message()).contains("11 in all"));
        assertThat(again).isEqualTo(first);
    }

    @Test
    void an_object_larger_than_servers_take_is_unknown_and_named() throws Exception {
        git.commit(Map.of("a.yaml", CART.replace("'1'", "'" + "x".repeat(1_000) + "'")));
        Rendering rendering = render(reader("", limits(9, 9_999, 99_999, 9)));
        assertThat(rendering.manifests()).isEmpty();
        assertThat(rendering.problems())
                .singleElement()
                .satisfies(p -> assertThat(p.harmless()).isFalse())
                .satisfies(p ->
                        assertThat(p.message())
                                .startsWith("ConfigMap shop/cart has 1")
                                .endsWith("more than 1000 (driftledger.desired.object-bytes-max)"));
    }

    @Test
    void names_that_would_break_a_key_are_refused() throws Exception {
        git.commit(
                Map.of(
                        "a.yaml",
                        "apiVersion: v1\nkind: \"A:B\"\nmetadata: {name: x}\n",
                        "b.yaml",
                        named("Service", "\"a\\nb\""),
                        "c.yaml",
                        named("Service", "n".repeat(1_025)),
                        "d.yaml",
                        named("Role", "\"system:x\"")));
        Rendering rendering = render(reader(""));
        assertThat(rendering.manifests())
                .extracting(m -> m.key().name())
                .containsExactly("system:x");
        assertThat(rendering.problems())
                .extracting(p -> p.file() + ": " + p.message())
                .containsExactly(
                        "a.yaml#1: kind has a control character or a colon",
                        "b.yaml#1: metadata.name has a control character",
                        "c.yaml#1: metadata.name has 1025 characters, want at most 1024");
    }

    @Test
    void problems_are_as_many_as_a_record_can_bear_and_the_rest_is_counted() throws Exception {
        Map<String, String> files = new TreeMap<>();
        for (int i = 100; i < 400; i++) {
            files.put("f" + i + ".yaml", "a: 1\n");
        }
        files.put("z.yaml", "a: [\n");
        git.commit(files);
        Rendering rendering = render(reader(""));
        assertThat(rendering.problems()).hasSize(201);
        assertThat(rendering.problems()).filteredOn(p -> !p.harmless()).hasSize(1);
        assertThat(rendering.problems().getLast())
                .isEqualTo(new RenderProblem("…", "101 more problems", true));
    }

    @Test
    void a_hundred_thousand_documents_in_a_file_are_too_many_objects() throws Exception {
        SourceLimits limits =
                new SourceLimits(
                        10,
                        16 << 20,
                        1 << 30,
                        10_000_000,
                        1000,
                        1 << 20,
                        1000,
                        1000,
                        new YamlLimits(1 << 20, 200_000, 500, 1_000_000));
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            many.append("---\n{apiVersion: v1, kind: Service, metadata: {name: s")
                    .append(i)
                    .append("}}\n");
        }
        git.commit(Map.of("a.yaml", many.toString()));
        Rendering rendering = render(reader("", limits));
        assertThat(rendering.manifests()).hasSize(1000);
        assertThat(rendering.problems())
                .extracting(RenderProblem::message)
                .first()
                .asString()
                .contains("more than 1000 (driftledger.desired.objects-max)");
    }

    @Test
    void what_is_beyond_a_limit_is_named() throws Exception {
        SourceLimits small = limits(2, 200, 10_000, 3);
        git.commit(
                Map.of(
                        "a.yaml",
                        "#".repeat(300),
                        "b.yaml",
                        named("Service", "a") + "---\n" + named("Service", "b"),
                        "c.yaml",
                        CART));
        assertThat(render(reader("", small)).problems())
                .extracting(RenderProblem::file)
                .containsExactly("a.yaml", "c.yaml");
        SourceLimits few = limits(9, 9999, CART.length() + 1, 9);
        Rendering rendering = render(reader("", few));
        assertThat(rendering.manifests()).isEmpty();
        assertThat(rendering.problems()).extracting(RenderProblem::file).containsExactly("a.yaml");
        git.commit(Map.of("a.yaml", "---\n".repeat(3) + "a: 1\n---\n".repeat(10_001)));
        assertThat(render(reader("")).problems())
                .containsExactly(
                        new RenderProblem(
                                "a.yaml",
                                "more than 10000 documents in a file"
                                        + " (driftledger.desired.documents-max)"));
    }

    @Test
    void a_commit_of_too_many_files_is_read_as_far_as_allowed_and_named() throws Exception {
        // Given
        Map<String, String> many = new TreeMap<>(Map.of("a.yaml", CART));
        for (int i = 0; i < 999; i++) {
            many.put("readme-" + (1_000 + i) + ".txt", "x");
        }
        many.put("z.yaml", named("Service", "last"));
        git.commit(many);
        // When
        Rendering rendering = render(reader("", limits(9, 9999, 9999, 9)));
        // Then
        assertThat(rendering.manifests()).hasSize(1);
        assertThat(rendering.problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.file()).isEqualTo("z.yaml");
                    assertThat(problem.message()).contains("driftledger.desired.tree-entries-max");
                });
    }

    private static SourceLimits limits(
            int filesMax, int fileBytesMax, long sourceBytesMax, int objectsMax) {
        return new SourceLimits(
                filesMax,
                fileBytesMax,
                sourceBytesMax,
                10_000,
                objectsMax,
                1_000,
                1_000,
                1_000,
                YamlLimits.DEFAULTS);
    }
}
