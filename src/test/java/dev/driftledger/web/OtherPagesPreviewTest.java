package dev.driftledger.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Renders the pages of logs, coverage, the sandbox and problems, as [PagesPreviewTest] does.
final class OtherPagesPreviewTest {
    private final TestTemplates templates = new TestTemplates();

    @Test
    void logs_and_checkpoints_show_what_is_signed() throws IOException {
        // Given
        CheckpointView checkpoint =
                new CheckpointView(
                        812, Digest.of(new byte[] {1}), new Stamp(PagesPreviewTest.NOW), "note");
        LogView log =
                new LogView(
                        ClusterView.of(Samples.CLUSTER),
                        "driftledger.example/kind-shop",
                        815,
                        new Stamp(PagesPreviewTest.NOW),
                        checkpoint,
                        "driftledger.example/kind-shop+1a2b3c4d+AbCdEfGhIjKlMnOpQrStUvWxYz",
                        LogView.Addresses.of(Samples.CLUSTER.uid()));
        Pages.Turn turn = new Pages.Turn(1, 1, 815, null);

        // When
        String logs =
                PagesPreviewTest.write(
                        "logs",
                        templates.render(
                                "logs",
                                new Pages.Logs(
                                        PagesPreviewTest.frame("Logs", "/checkpoints", null),
                                        List.of(log),
                                        "http://127.0.0.1:8080")));
        String checkpoints =
                PagesPreviewTest.write(
                        "checkpoints",
                        templates.render(
                                "checkpoints",
                                new Pages.Checkpoints(
                                        PagesPreviewTest.frame("Checkpoints", "/checkpoints", null),
                                        log,
                                        List.of(checkpoint),
                                        turn,
                                        "http://127.0.0.1:8080")));
        String files =
                PagesPreviewTest.write(
                        "files",
                        templates.render(
                                "files",
                                new Pages.Files(
                                        PagesPreviewTest.frame("Files", "/log", null),
                                        log,
                                        List.of("checkpoint", "tile/0/000.p/44"),
                                        null)));

        // Then
        assertThat(logs).contains("815", "size 812");
        assertThat(checkpoints).contains("1a2b3c4d", "checkpoints/812");
        assertThat(files).contains("/tile/0/000.p/44");
    }

    @Test
    void coverage_tells_gaps_from_what_was_never_observed() throws IOException {
        // Given
        CoverageView view = Samples.coverage(PagesPreviewTest.NOW, true);
        Pages.ClusterCoverage cluster = CoverageLayout.cluster(0, view);
        Pages.Coverage page =
                new Pages.Coverage(
                        PagesPreviewTest.frame("Coverage", "/coverage", null), List.of(cluster));

        // When
        String html = PagesPreviewTest.write("coverage", templates.render("coverage", page));

        // Then
        assertThat(html).contains("410 from the API server", "Left out on purpose", "leases");
        assertThat(html).contains("Not observed in this range").doesNotContain("NOT_FOUND");
    }

    @Test
    void sandbox_and_problem_speak_plainly() throws IOException {
        // Given
        List<LifeSource.Step> steps =
                List.of(
                        new LifeSource.Step(
                                1, PagesPreviewTest.NOW, "Dana (human)", "scales cart from 2 to 5"),
                        new LifeSource.Step(2, null, "cloud controller", "gives cart an address"));

        // When
        String sandbox =
                PagesPreviewTest.write(
                        "sandbox",
                        templates.render(
                                "sandbox",
                                new Pages.Sandbox(
                                        PagesPreviewTest.frame("Sandbox", "/sandbox", null),
                                        steps)));
        String problem =
                PagesPreviewTest.write(
                        "problem",
                        templates.render(
                                "problem",
                                new Pages.Problem(
                                        PagesPreviewTest.frame("Problem", "/findings/x", null),
                                        404,
                                        "Finding is not recorded",
                                        "Ask /findings for those that are")));

        // Then
        assertThat(sandbox).contains("scales cart", "to come");
        assertThat(problem).contains("Problem 404", "not recorded");
    }

    @Test
    void every_type_of_problem_has_its_section() throws IOException {
        // Given
        String markdown = Files.readString(Path.of("docs", "reference", "problems.md"));
        List<Refusal> refusals =
                List.of(
                        Refusal.malformed("x", "y"),
                        Refusal.unknownParameter("x", "y"),
                        Refusal.unknown("x", "y"),
                        Refusal.noSuchAddress(),
                        Refusal.ofStatus(405, "x"),
                        Refusal.unavailable());

        // When
        String html =
                PagesPreviewTest.write(
                        "problems",
                        templates.render(
                                "problems",
                                new Pages.Problems(
                                        Frame.alone("Problems", "/problems"),
                                        ProblemTypes.of(markdown))));

        // Then
        assertThat(refusals)
                .allSatisfy(refusal -> assertThat(html).contains("id=\"" + refusal.slug() + "\""));
        assertThat(html).contains("<code>page_token</code>").doesNotContain("`", "##");
    }
}
