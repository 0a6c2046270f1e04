package dev.driftledger.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.desired.GitFixture.Entry;
import dev.driftledger.drift.rules.RuleException;
import dev.driftledger.drift.rules.RuleProblem;
import dev.driftledger.drift.rules.RuleSet;
import dev.driftledger.model.IgnoreRulesFile;
import dev.driftledger.model.Json;
import dev.driftledger.model.ObjectBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.Test;

class SourceRulesIT extends SourceLab {
    private static final String RULES =
            """
            apiVersion: driftledger.dev/v1
            kind: IgnoreRules
            password: s3cret
            rules:
            - {id: one, reason: r, target: {kind: ConfigMap}, paths: [data.a]}
            """;

    private static IgnoreRulesFile file(Rendering rendering) {
        return IgnoreRulesFile.of(Objects.requireNonNull(rendering.rules()).content());
    }

    private static JsonNode json(String text) throws RuleException {
        try {
            return Json.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new RuleException("no JSON: " + e.getMessage());
        }
    }

    @Test
    void the_file_in_the_sources_folder_gives_rules_and_no_manifest() throws Exception {
        // Given
        git.commit(
                Map.of(
                        "shop/cart.yaml",
                        CART,
                        "shop/.driftledger.yaml",
                        RULES,
                        "shop/below/.driftledger.yaml",
                        "not: ours",
                        ".driftledger.yaml",
                        "not: ours"));

        // When
        Rendering rendering = render(reader("shop"));

        // Then
        Rendering.Rules rules = Objects.requireNonNull(rendering.rules());
        assertThat(rendering.problems()).isEmpty();
        assertThat(rendering.manifests()).hasSize(1);
        assertThat(rules.digest()).isEqualTo(ObjectBytes.digest(rules.content()));
        assertThat(rules.content().toString()).doesNotContain("s3cret");
        assertThat(file(rendering).file()).isEqualTo("shop/.driftledger.yaml");
        RuleSet set = RuleSet.parse(file(rendering).documents(), "o", SourceRulesIT::json);
        assertThat(set.problems()).isEmpty();
        assertThat(set.isEmpty()).isFalse();
    }

    @Test
    void a_source_without_the_file_has_no_rules() throws Exception {
        git.commit(Map.of("cart.yaml", CART));

        assertThat(render(reader("")).rules()).isNull();
    }

    @Test
    void a_file_whose_name_is_nearly_that_of_the_rules_is_a_problem_of_the_rules()
            throws Exception {
        // Given
        git.commit(
                Map.of(
                        "shop/cart.yaml",
                        CART,
                        "shop/.driftledger.yml",
                        RULES,
                        "shop/.DriftLedger.yaml",
                        RULES));

        // When
        Rendering rendering = render(reader("shop"));

        // Then
        assertThat(rendering.problems()).isEmpty();
        assertThat(file(rendering).documents()).isEmpty();
        assertThat(file(rendering).problems())
                .containsExactly(
                        new IgnoreRulesFile.Problem(
                                0,
                                "shop/.DriftLedger.yaml is not read:"
                                        + " the file with ignore rules is .driftledger.yaml"),
                        new IgnoreRulesFile.Problem(
                                0,
                                "shop/.driftledger.yml is not read:"
                                        + " the file with ignore rules is .driftledger.yaml"));
    }

    @Test
    void rules_count_though_a_file_of_nearly_their_name_lies_beside_them() throws Exception {
        git.commit(
                Map.of("a.yaml", CART, ".driftledger.yaml", RULES, ".driftledger.yml", "a: [\n"));

        Rendering rendering = render(reader(""));

        assertThat(rendering.problems()).isEmpty();
        assertThat(file(rendering).documents()).hasSize(1);
        assertThat(file(rendering).problems()).hasSize(1);
    }

    @Test
    void rules_behind_a_symbolic_link_are_a_problem_of_the_rules() throws Exception {
        // Given
        git.commitEntries(
                List.of(
                        new Entry(".driftledger.yaml", FileMode.SYMLINK, "../rules.yaml"),
                        new Entry("a.yaml", FileMode.REGULAR_FILE, CART)));

        // When
        Rendering rendering = render(reader(""));

        // Then
        assertThat(rendering.problems()).isEmpty();
        assertThat(file(rendering).problems())
                .containsExactly(
                        new IgnoreRulesFile.Problem(
                                0,
                                ".driftledger.yaml is a symbolic link, which is not followed:"
                                        + " none of its rules is used"));
    }

    @Test
    void a_document_that_is_broken_is_told_and_the_others_count() throws Exception {
        git.commit(Map.of("cart.yaml", CART, ".driftledger.yaml", RULES + "---\na: [\n"));

        Rendering rendering = render(reader(""));

        assertThat(rendering.problems()).isEmpty();
        assertThat(file(rendering).documents()).hasSize(1);
        assertThat(file(rendering).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.document()).isEqualTo(2));
    }

    @Test
    void a_file_that_is_too_large_is_told_and_not_read() throws Exception {
        String much = RULES + "# " + "x".repeat(SourceLimits.DEFAULTS.rulesBytesMax());
        git.commit(Map.of("cart.yaml", CART, ".driftledger.yaml", much));

        IgnoreRulesFile file = file(render(reader("")));

        assertThat(file.documents()).isEmpty();
        assertThat(file.problems().getFirst().message())
                .isEqualTo(
                        "the rules have "
                                + much.length()
                                + " bytes, more than 262144"
                                + " (driftledger.desired.rules-bytes-max); none of them is used");
    }

    @Test
    void aliases_that_blow_up_are_told_and_not_taken() throws Exception {
        StringBuilder bomb = new StringBuilder(RULES.replace("password", "a0"));
        bomb.append("- &a0 {id: ").append("x".repeat(1000)).append("}\n");
        for (int i = 1; i < 5; i++) {
            String all = "*a%d,".formatted(i - 1).repeat(9);
            bomb.append("- &a%d [%s]%n".formatted(i, all));
        }
        git.commit(Map.of("cart.yaml", CART, ".driftledger.yaml", bomb.toString()));

        IgnoreRulesFile file = file(render(reader("")));

        assertThat(file.documents()).isEmpty();
        assertThat(file.problems()).hasSize(1);
    }

    @Test
    void of_a_misspelled_list_the_name_is_kept_so_that_it_is_told() throws Exception {
        // Given
        git.commit(
                Map.of(
                        ".driftledger.yaml",
                        """
                        apiVersion: argoproj.io/v1alpha1
                        kind: Application
                        metadata: {name: shop}
                        spec:
                          project: s3cret
                          ignoreDifference: [{kind: ConfigMap, jsonPointers: [/data/s3cret]}]
                        """));

        // When
        IgnoreRulesFile file = file(render(reader("")));

        // Then
        assertThat(RuleSet.of(file).problems())
                .extracting(RuleProblem::message)
                .containsExactly("spec.ignoreDifference is not known; known is ignoreDifferences");
        assertThat(file.json().toString()).doesNotContain("s3cret");
    }

    @Test
    void texts_inside_of_argo_cds_settings_can_be_read_without_yaml() throws Exception {
        // Given
        git.commit(
                Map.of(
                        ".driftledger.yaml",
                        """
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: argocd-cm}
                        data:
                          admin.password: s3cret
                          resource.customizations.ignoreDifferences.apps_Deployment: |
                            jsonPointers:
                            - /spec/replicas
                          resource.customizations: |
                            apps/StatefulSet:
                              ignoreDifferences: |
                                jsonPointers: [/spec/replicas]
                        """));

        // When
        Rendering rendering = render(reader(""));

        // Then
        RuleSet set = RuleSet.parse(file(rendering).documents(), "o", SourceRulesIT::json);
        assertThat(set.problems()).isEmpty();
        assertThat(set.isEmpty()).isFalse();
        assertThat(Objects.requireNonNull(rendering.rules()).content().toString())
                .doesNotContain("s3cret");
    }
}
