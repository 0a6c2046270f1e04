package dev.driftledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `driftledger compare` takes, refuses and warns about.
class CompareInputTest {
    private static final String OWNED =
            ", managedFields: [{manager: kubectl-edit, operation: Update,"
                    + " fieldsV1: {'f:data': {'f:a': {}}}}]";

    @TempDir private Path folder;

    @Test
    void nothing_at_all_is_not_a_cluster_that_has_nothing() throws IOException {
        // Given
        Path desired = write("desired.yaml", configMap("a", "", "b"));
        Path none = write("none.yaml", "# kubectl said nothing\n");
        Path list = write("list.yaml", "{apiVersion: v1, kind: List, items: []}");

        // When
        CommandRun nothing = compare(desired, none);
        CommandRun empty = compare(desired, list);

        // Then
        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.out())
                .contains("error: --live: holds nothing at all", "unknown")
                .doesNotContain("missing    ");
        assertThat(empty.code()).isEqualTo(1);
        assertThat(empty.out()).contains("missing    ConfigMap shop/a");
    }

    @Test
    void without_managed_fields_nobody_is_said_to_have_erased_them() throws IOException {
        // Given
        Path desired = write("desired.yaml", configMap("a", "", "b"));
        Path live = write("live.yaml", configMap("a", "", "b, x: y"));

        // When
        CommandRun run = compare(desired, live);
        CommandRun why = why(desired, live);

        // Then
        assertThat(run.out().lines().filter(line -> line.startsWith("warning: ")))
                .containsExactly(
                        "warning: --live: no object has managedFields, so nobody can be named;"
                                + " give kubectl get --show-managed-fields");
        assertThat(run.out())
                .contains("nobody can be told: no managedFields were given [ownership-unreliable]")
                .doesNotContain("erased");
        assertThat(why.out()).contains("managed-fields        no managedFields were given");
    }

    @Test
    void erased_ownership_is_still_called_so_beside_objects_that_have_theirs() throws IOException {
        // Given
        Path desired = write("desired.yaml", configMap("a", "", "b"));
        String other = configMap("other", OWNED, "b");
        Path live = write("live.yaml", configMap("a", "", "b, x: y") + "\n---\n" + other);

        // When
        CommandRun run = compare(desired, live);

        // Then
        assertThat(run.out()).contains("ownership was erased").doesNotContain("warning: --live");
    }

    @Test
    void a_manager_that_no_live_object_has_is_warned_about() throws IOException {
        // Given
        Path desired = write("desired.yaml", configMap("a", "", "b"));
        Path live = write("live.yaml", configMap("a", OWNED, "b"));

        // When
        CommandRun wrong = compare(desired, live, "--manager", "nosuch");
        CommandRun right = compare(desired, live, "--manager", "kubectl-edit");

        // Then
        assertThat(wrong.out())
                .contains(
                        "warning: --manager: no live object has a field manager nosuch; there are"
                                + " kubectl-edit");
        assertThat(right.out()).doesNotContain("warning");
    }

    @Test
    void nobody_is_somebody_else_than_an_applier_that_is_not_known() throws IOException {
        // Given
        Path desired = write("desired.yaml", configMap("a", "", "b"));
        String owned = OWNED.replace("'f:a'", "'f:x'");
        Path live = write("live.yaml", configMap("a", owned, "b, x: y"));

        // When
        CommandRun unknown = compare(desired, live);
        CommandRun why = why(desired, live);
        CommandRun known = compare(desired, live, "--manager", "ci");

        // Then
        assertThat(unknown.out()).contains("laid over git's state; who applies git is not known");
        assertThat(why.out()).contains("laid over git's state; who applies git is not known");
        assertThat(known.out()).contains("laid over git's state by somebody else than its applier");
    }

    @Test
    void a_folder_stands_for_the_manifests_in_it() throws IOException {
        // Given
        Path manifests = Files.createDirectories(folder.resolve("shop"));
        Files.createDirectories(manifests.resolve("inner.yaml"));
        write("shop/b.yml", configMap("b", "", "b"));
        write("shop/a.yaml", configMap("a", "", "b"));
        write("shop/c.json", "{\"apiVersion\": \"v1\"}");
        write("shop/README.md", "nothing: [");
        Path live = write("live.yaml", configMap("a", OWNED, "b"));

        // When
        CommandRun run = compare(manifests, live);
        CommandRun empty = compare(Files.createDirectories(folder.resolve("empty")), live);

        // Then
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out().lines().filter(line -> !line.startsWith(" ")))
                .startsWith(
                        "in-sync    ConfigMap shop/a",
                        "missing    ConfigMap shop/b  (git names it, the cluster does not have it)")
                .anyMatch(line -> line.contains("c.json, document 1: object has no kind"));
        assertThat(empty.code()).isEqualTo(2);
        assertThat(empty.err())
                .contains("is a folder with no files *.yaml, *.yml or *.json; give a file");
    }

    @Test
    void a_folder_where_a_file_is_wanted_is_called_one() throws IOException {
        Path desired = write("desired.yaml", configMap("a", "", "b"));

        CommandRun run = compare(desired, desired, "--rules", folder.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--rules " + folder + " is a folder; give a file or -");
    }

    @Test
    void a_definition_among_the_wanted_objects_tells_how_its_kind_is_compared() throws IOException {
        // Given
        String shop = "{apiVersion: g.io/v1, kind: Shop, metadata: {name: a, namespace: shop%s}}";
        Path desired = write("desired.yaml", crd() + "\n---\n" + shop.formatted(""));
        Path live = write("live.yaml", crd() + "\n---\n" + shop.formatted(OWNED));
        Path bare = write("bare.yaml", shop.formatted(OWNED));

        // When
        CommandRun both = compare(desired, live);
        CommandRun wanted = compare(desired, bare);

        // Then
        assertThat(both.out()).contains("Shop shop/a").doesNotContain("less certain");
        assertThat(wanted.out()).contains("Shop shop/a").doesNotContain("less certain");
    }

    private static String crd() {
        return "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition,"
                + " metadata: {name: shops.g.io}, spec: {group: g.io, scope: Namespaced,"
                + " names: {plural: shops, kind: Shop}, versions: [{name: v1, served: true,"
                + " storage: true, schema: {openAPIV3Schema: {type: object}}}]}}";
    }

    @Test
    void rules_without_a_rule_are_warned_about() throws IOException {
        Path desired = write("desired.yaml", configMap("a", OWNED, "b"));
        Path rules = write("rules.yaml", "");

        CommandRun run = compare(desired, desired, "--rules", rules.toString());

        assertThat(run.out()).contains("warning: " + rules + ": no rules in it");
    }

    @Test
    void names_that_nothing_can_have_are_refused() throws IOException {
        // Given
        Path desired = write("desired.yaml", configMap("a", OWNED, "b"));
        Path rows = write("rows.yaml", "");

        // When
        CommandRun namespace = compare(desired, desired, "-n", "Bad Name!");
        CommandRun manager = compare(desired, desired, "--manager", "");
        CommandRun severities = compare(desired, desired, "--severities", rows.toString());

        // Then
        assertThat(namespace.code()).isEqualTo(2);
        assertThat(namespace.err()).contains("--namespace must be a DNS label such as shop");
        assertThat(manager.code()).isEqualTo(2);
        assertThat(manager.err()).contains("--manager is empty");
        assertThat(severities.code()).isEqualTo(2);
        assertThat(severities.err()).contains("--severities " + rows + ": severities must be");
    }

    @Test
    void what_a_rule_hides_is_counted_as_the_table_counts() throws IOException {
        // Given
        String deployment =
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, namespace: shop},"
                        + " spec: {selector: {matchLabels: {a: a}}, template: {metadata: {labels:"
                        + " {a: a}}, spec: {containers: [{name: c, image: i%s}]}}}}";
        Path desired = write("desired.yaml", deployment.formatted(""));
        Path live = write("live.yaml", deployment.formatted(", env: [{name: DEBUG, value: '1'}]"));
        Path rules =
                write(
                        "rules.yaml",
                        "{apiVersion: driftledger.dev/v1, kind: IgnoreRules, rules: [{id: own,"
                                + " target: {group: apps, kind: Deployment},"
                                + " paths: ['spec.template.spec.containers[].env'],"
                                + " reason: kept by the shop}]}");

        // When
        CommandRun run = compare(desired, live, "--rules", rules.toString());

        // Then
        assertThat(run.out()).contains("hidden: 1 field with 2 values by rule own");
    }

    @Test
    void what_is_wrong_in_a_list_is_numbered() throws IOException {
        // Given
        String good = configMap("a", "", "b");
        String bad = "{apiVersion: v1, kind: ConfigMap, metadata: {name: 7}}";
        Path list = write("list.yaml", "{kind: List, items: [" + good + ", " + bad + ", 1, {}]}");

        // When
        CommandRun run = compare(list, list);

        // Then
        assertThat(run.out())
                .contains(
                        "item 2: ConfigMap has a metadata.name that is no text; put it in quotes",
                        "item 3: it is no object",
                        "item 4: object has no apiVersion");
    }

    private static String configMap(String name, String more, String value) {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, namespace: shop%s},"
                        .formatted(name, more)
                + " data: {a: %s}}".formatted(value);
    }

    private Path write(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    private static CommandRun why(Path desired, Path live) {
        return CommandRun.of("why", "--desired", desired.toString(), "--live", live.toString());
    }

    private static CommandRun compare(Path desired, Path live, String... more) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(
                List.of("compare", "--desired", desired.toString(), "--live", live.toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }
}
