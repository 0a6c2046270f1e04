package dev.driftledger.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftledger.desired.GitFixture.Entry;
import dev.driftledger.model.IntakeRecord.RenderProblem;
import dev.driftledger.model.ResourceKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;

class SourceReaderIT extends SourceLab {
    @Test
    void a_folder_of_manifests_becomes_sorted_objects_with_their_files() throws Exception {
        git.commit(
                Map.of(
                        "apps/shop/b.yaml",
                        "---\n" + CART + "---\n" + named("Service", "web"),
                        "apps/shop/sub/a.json",
                        "{\"apiVersion\":\"apps/v1\","
                                + "\"kind\":\"Deployment\",\"metadata\":{\"name\":\"web\"}}",
                        "apps/shop/README.md",
                        "no manifest",
                        "apps/shopping/x.yaml",
                        CART));
        Rendering rendering = render(reader("apps/shop/"));
        assertThat(rendering.problems()).isEmpty();
        assertThat(rendering.manifests())
                .extracting(m -> m.key().id() + " " + m.file())
                .containsExactly(
                        ":ConfigMap:shop:cart apps/shop/b.yaml#1",
                        ":Service:shop:web apps/shop/b.yaml#2",
                        "apps:Deployment:shop:web apps/shop/sub/a.json#1");
        assertThat(rendering.revision().author()).isEqualTo("Alice <alice@example.org>");
        assertThat(rendering.revision().subject()).isEqualTo("Change 1");
        assertThat(rendering.revision().committedAt())
                .isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
    }

    @Test
    void lists_are_taken_apart_however_deep() throws Exception {
        git.commit(
                Map.of(
                        "l.yaml",
                        """
                        apiVersion: v1
                        kind: List
                        items:
                        - {apiVersion: v1, kind: Service, metadata: {name: a}}
                        - apiVersion: v1
                          kind: ConfigMapList
                          items:
                          - {metadata: {name: b}}
                          - {kind: ConfigMap}
                        """));
        Rendering rendering = render(reader(""));
        assertThat(rendering.manifests())
                .extracting(m -> m.key().id())
                .containsExactly(":ConfigMap:shop:b", ":Service:shop:a");
        assertThat(rendering.problems())
                .containsExactly(
                        new RenderProblem(
                                "l.yaml#1",
                                "item 2: item 2: ConfigMap has no metadata.name",
                                true));
    }

    @Test
    void kinds_without_namespace_get_none_also_by_a_definition_in_another_file() throws Exception {
        String node = "apiVersion: x.io/v1\nkind: Wall\nmetadata: {name: w, namespace: odd}\n";
        ObjectId first = git.commit(Map.of("wall.yaml", node));
        SourceReader reader = reader("");
        assertThat(render(reader).manifests().getFirst().key().namespace()).isEqualTo("odd");
        String definition =
                """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: walls.x.io}
                spec: {group: x.io, scope: Cluster, names: {kind: Wall}}
                """;
        git.commit(Map.of("wall.yaml", node, "zcrd.yaml", definition), first);
        assertThat(render(reader).manifests())
                .extracting(Rendering.Manifest::key)
                .containsExactly(
                        new ResourceKey(
                                "apiextensions.k8s.io",
                                "CustomResourceDefinition",
                                "",
                                "walls.x.io"),
                        new ResourceKey("x.io", "Wall", "", "w"));
    }

    @Test
    void the_last_of_two_objects_with_one_key_counts_and_the_other_is_named() throws Exception {
        git.commit(Map.of("a.yaml", CART, "b.yaml", CART.replace("'1'", "'2'")));
        Rendering rendering = render(reader(""));
        assertThat(rendering.manifests()).hasSize(1);
        assertThat(rendering.manifests().getFirst().object().at("/data/a").asText()).isEqualTo("2");
        assertThat(rendering.problems())
                .containsExactly(
                        new RenderProblem(
                                "b.yaml#1",
                                "ConfigMap shop/cart stands in a.yaml#1 too; this one counts",
                                true));
    }

    @Test
    void a_broken_file_hides_nothing_but_itself() throws Exception {
        git.commit(
                Map.of(
                        "a.yaml",
                        "a: [1\n",
                        "b.yaml",
                        CART,
                        "c.yaml",
                        "kind: Service\n",
                        "d.yaml",
                        "- 1\n",
                        "e.yaml",
                        "# nothing\n",
                        "f.yaml",
                        "a: 1\n--- b\n",
                        "g.yaml",
                        named("Service", "g") + "---\na: &a [*a]\n"));
        Rendering rendering = render(reader(""));
        assertThat(rendering.manifests())
                .extracting(m -> m.key().name())
                .containsExactly("cart", "g");
        assertThat(rendering.problems())
                .extracting(p -> p.file() + ": " + p.message())
                .containsExactly(
                        "a.yaml#1: line 2: no valid YAML",
                        "c.yaml#1: object has no apiVersion",
                        "d.yaml#1: document is no object",
                        "f.yaml: line 2: only a comment may follow --- on its line",
                        "g.yaml#2: line 5: an anchor contains itself");
    }

    @Test
    void a_manifest_that_names_nothing_is_told_with_what_it_has_instead() throws Exception {
        // Given
        git.commit(
                Map.of(
                        "a.yaml",
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: a-}\n",
                        "b.yaml",
                        "apiVersion: v1\nkind: ConfigMap\n",
                        "rules.yaml",
                        "apiVersion: driftledger.dev/v1\nkind: IgnoreRules\nrules: []\n"));

        // When
        Rendering rendering = render(reader(""));

        // Then
        assertThat(rendering.problems())
                .extracting(p -> p.file() + ": " + p.message())
                .containsExactly(
                        "a.yaml#1: ConfigMap has no metadata.name, only a generateName",
                        "b.yaml#1: ConfigMap has no metadata.name",
                        "rules.yaml#1: IgnoreRules are read from .driftledger.yaml"
                                + " of the source's folder");
    }

    @Test
    void secrets_leave_the_reader_redacted() throws Exception {
        git.commit(
                Map.of(
                        "s.yaml",
                        """
                        apiVersion: v1
                        kind: Secret
                        metadata: {name: s}
                        stringData: {password: hunter2}
                        """));
        Rendering rendering = render(reader(""));
        assertThat(rendering.manifests().getFirst().object().toString())
                .doesNotContain("hunter2")
                .contains("hmac-sha256:k1:");
    }

    @Test
    void links_submodules_and_pointers_are_named_and_not_followed() throws Exception {
        git.commitEntries(
                List.of(
                        new Entry("..", FileMode.REGULAR_FILE, CART),
                        new Entry(".git", FileMode.REGULAR_FILE, CART),
                        new Entry("..\\x.yaml", FileMode.REGULAR_FILE, named("Service", "back")),
                        new Entry("../../etc.yaml", FileMode.REGULAR_FILE, named("Service", "up")),
                        new Entry("\u00ff\u00fe.yaml", FileMode.REGULAR_FILE, CART),
                        new Entry("link.yaml", FileMode.SYMLINK, "/etc/passwd"),
                        new Entry("module", FileMode.GITLINK, ""),
                        new Entry(
                                "pointer.yaml",
                                FileMode.REGULAR_FILE,
                                "version https://git-lfs.github.com/spec/v1\noid sha256:1\n")));
        Rendering rendering = render(reader(""));
        assertThat(rendering.manifests())
                .extracting(m -> m.key().name())
                .containsExactly("cart", "back", "up");
        assertThat(rendering.problems())
                .extracting(p -> p.file() + ": " + p.message())
                .containsExactly(
                        "link.yaml: symbolic link is not followed",
                        "module: submodule is not read",
                        "pointer.yaml: Git LFS pointer; its content is not in git");
        assertThat(rendering.manifests().toString()).doesNotContain("root:");
    }

    @Test
    void a_file_that_did_not_change_is_not_parsed_again() throws Exception {
        ObjectId first = git.commit(Map.of("a.yaml", CART, "b.yaml", named("Service", "b")));
        SourceReader reader = reader("");
        render(reader);
        git.commit(Map.of("a.yaml", CART, "b.yaml", named("Service", "c"), "c.yaml", CART), first);
        Rendering rendering = render(reader);
        assertThat(reader.parsedFilesCount()).isEqualTo(3);
        assertThat(rendering.manifests())
                .extracting(m -> m.key().name() + " " + m.file())
                .containsExactly("cart c.yaml#1", "c b.yaml#1");
    }

    @Test
    void any_known_commit_can_be_rendered_later() throws Exception {
        ObjectId first = git.commit(Map.of("a.yaml", CART));
        ObjectId second = git.commit(Map.of("b.yaml", named("Service", "b")), first);
        SourceReader reader = reader("");
        mirror.fetchBranch("main", MINUTE, MUCH);
        assertThat(reader.render(first).manifests()).hasSize(1);
        assertThat(reader.render(second).manifests().getFirst().key().kind()).isEqualTo("Service");
        assertThat(reader.render(first).revision().id()).isEqualTo(first.name());
        assertThatThrownBy(() -> reader.render(ObjectId.fromString("2".repeat(40))))
                .isInstanceOf(SourceException.class);
    }

    @Test
    void a_force_push_is_no_descendant_and_the_old_commit_stays_readable() throws Exception {
        ObjectId base = git.commit(Map.of("a.yaml", CART));
        ObjectId old = git.commit(Map.of("a.yaml", named("Service", "old")), base);
        mirror.fetchBranch("main", MINUTE, MUCH);
        ObjectId rewritten = git.commit(Map.of("a.yaml", named("Service", "new")), base);
        assertThat(mirror.fetchBranch("main", MINUTE, MUCH)).isEqualTo(rewritten);
        assertThat(mirror.isAncestor(old, rewritten)).isFalse();
        assertThat(mirror.isAncestor(base, rewritten)).isTrue();
        assertThat(reader("").render(old).manifests().getFirst().key().name()).isEqualTo("old");
    }

    @Test
    void a_missing_folder_or_branch_is_said_not_taken_for_empty() throws Exception {
        git.commit(Map.of("a.yaml", CART));
        assertThat(render(reader("typo")).problems())
                .containsExactly(
                        new RenderProblem(
                                "typo",
                                "folder does not exist at this revision"
                                        + " (path of driftledger.sources)"));
        assertThatThrownBy(() -> mirror.fetchBranch("gone", MINUTE, MUCH))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("gone");
        assertThatIllegalArgumentException().isThrownBy(() -> reader("../x"));
    }

    @Test
    void a_bundle_file_can_be_read_like_a_repository() throws Exception {
        ObjectId first = git.commit(Map.of("a.yaml", CART));
        Path bundle = temp.resolve("repo.bundle");
        org.eclipse.jgit.transport.BundleWriter writer =
                new org.eclipse.jgit.transport.BundleWriter(git.repository());
        writer.include("refs/heads/main", first);
        try (java.io.OutputStream out = java.nio.file.Files.newOutputStream(bundle)) {
            writer.writeBundle(org.eclipse.jgit.lib.NullProgressMonitor.INSTANCE, out);
        }
        try (GitMirror replay = GitMirror.ofBundle(bundle, temp.resolve("replay.git"))) {
            SourceReader reader = new SourceReader(replay, CLUSTER, application(""), rules());
            assertThat(reader.render(first).manifests()).hasSize(1);
        }
    }

    private static SourceReader.Rules rules() {
        return new SourceReader.Rules(redaction(), SourceLimits.DEFAULTS, Set.of());
    }
}
