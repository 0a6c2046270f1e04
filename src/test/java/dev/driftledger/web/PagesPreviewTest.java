package dev.driftledger.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.ledger.EntryType;
import dev.driftledger.ledger.Hashing;
import dev.driftledger.ledger.InclusionProof;
import dev.driftledger.model.Digest;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.Rfc3339;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Renders every page from made-up entries, without a server, into `target/pages`, where one can
/// look at them.
final class PagesPreviewTest {
    private static final String HOSTILE = "<script>alert(1)</script>\"'&{page.frame}";
    private static final Path FOLDER = Path.of("target", "pages");
    static final Instant NOW = Rfc3339.parse("2026-11-22T12:05:00Z");

    private final TestTemplates templates = new TestTemplates();

    @Test
    void home_shows_each_verdict_with_word_and_shape() throws IOException {
        // Given
        List<ApplicationView> applications =
                List.of(
                        application(40, "cart", "drifted"),
                        application(41, "billing", "pending"),
                        application(42, "gateway", "in-sync"),
                        application(43, "payments", "unknown"));
        String cart = applications.getFirst().id();
        Pages.Home page =
                new Pages.Home(
                        frame("Applications", "/", null),
                        applications,
                        Map.of(
                                cart,
                                List.of(
                                        new Pages.Tally(Mark.severity("critical"), 1),
                                        new Pages.Tally(Mark.severity("high"), 2))),
                        new Pages.Turn(4, 4, 812, null));

        // When
        String html = write("home", templates.render("home", page));

        // Then
        assertThat(html).contains("Drifted</span>", "Pending</span>", "In sync</span>");
        assertThat(html).contains("/app/" + Samples.CLUSTER.uid() + "/shop/cart");
        assertThat(html).contains("23 min 40 s").doesNotContain("NOT_FOUND");
    }

    @Test
    void empty_home_says_why_and_what_to_do() throws IOException {
        // Given
        Pages.Home page =
                new Pages.Home(
                        frame("Applications", "/", NOW),
                        List.of(),
                        Map.of(),
                        new Pages.Turn(0, 0, 0, null));

        // When
        String html = write("home-empty", templates.render("home", page));

        // Then
        assertThat(html).contains("No application was recorded", "driftledger.clusters");
    }

    @Test
    void application_shows_resources_and_findings() throws IOException {
        // Given
        List<ResourceView> resources =
                ResourceView.list(
                        Samples.CLUSTER.uid(),
                        Samples.json(
                                """
                                [{'resource':'apps:Deployment:shop:cart','verdict':'drifted',
                                  'desired':'%s','live':'%s','resourceVersion':'812',
                                  'images':['registry.example/cart@sha256:%s']},
                                 {'resource':':ConfigMap:shop:cart-settings','verdict':'missing',
                                  'desired':'%s'},
                                 {'resource':':Service:shop:cart','verdict':'in-sync',
                                  'desired':'%s','live':'%s','resourceVersion':'90','pending':true},
                                 {'resource':':ConfigMap:shop:tuned','verdict':'ignored',
                                  'ignored':[{'rule':'tuned-by-hand','fieldsCount':3,
                                   'origin':'.driftledger.yaml','reason':'the <b>on-call</b>',
                                   'digest':'00','everything':true}]},
                                 {'resource':'example.com:Widget:shop:odd','verdict':'unknown',
                                  'reason':'the object nests deeper than 500'}]
                                """
                                        .formatted(
                                                hex(1), hex(2), hex(3), hex(4), hex(5), hex(5))));
        Pages.Application page =
                new Pages.Application(
                        frame("cart", "/app/x/shop/cart", NOW),
                        application(40, "cart", "drifted"),
                        resources,
                        findings(),
                        effects(),
                        "/findings?application=x");

        // When
        String html = write("application", templates.render("application", page));

        // Then
        assertThat(html).contains("Raise the cart limit", "registry.example/cart@sha256");
        assertThat(html).contains("Unknown</span>", "nests deeper").doesNotContain("NOT_FOUND");
        assertThat(html).contains("Ignored</span>", "Hidden by rules", "tuned-by-hand");
        assertThat(html).contains("nothing of it is left", "the &lt;b&gt;on-call");
        assertThat(html).contains("Load balancer address", "203.0.113.10", "203.0.113.11");
    }

    @Test
    void findings_keep_their_filters() throws IOException {
        // Given
        FindingFilters filters =
                new FindingFilters("open", null, null, HOSTILE, null, "human", null, null);
        Pages.Findings page =
                new Pages.Findings(
                        new Frame(
                                "Findings",
                                "/findings",
                                "/findings",
                                new Links(null),
                                new Stamp(NOW),
                                filters.parameters(),
                                List.of(cover(false)),
                                false,
                                null),
                        filters,
                        Pages.Choice.of(List.of(), Samples.CLUSTER.uid() + ":none:shop:cart"),
                        findings(),
                        new Pages.Turn(2, 120, 812, "/findings?page_token=abc"));

        // When
        String html = write("findings", templates.render("findings", page));

        // Then
        assertThat(html).contains("value=\"open\" selected", "value=\"human\" selected");
        assertThat(html).contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert");
        assertThat(html).contains("rel=\"next\"", "Not observed:");
        assertThat(html).contains("selected>cart (namespace shop, pushed)</option>");
    }

    @Test
    void hostile_names_are_text_everywhere() throws IOException {
        // Given
        FindingView finding =
                FindingView.of(
                        Samples.entry(
                                3,
                                EntryType.FINDING_OPENED,
                                Samples.NOON,
                                Samples.deployment(HOSTILE.replace('"', ' ')),
                                """
                                {'finding':'f','class':'<b>x','state':'<b>y','path':'<b>z',
                                 'desired':'<img src=x>','live':['<b>'],'severity':'<b>w',
                                 'owner':{'type':'<b>v','manager':'<b>u','evidence':'<b>t'}}
                                """));
        Pages.Finding page =
                new Pages.Finding(
                        frame(HOSTILE, "/findings/" + HOSTILE, null),
                        finding,
                        List.of(finding),
                        List.of(finding));

        // When
        String html = write("finding-hostile", templates.render("finding", page));

        // Then
        assertThat(html).doesNotContain("<b>", "<img", "<script>alert");
        assertThat(html).contains("&lt;b&gt;z", "&lt;img src=x&gt;");
    }

    @Test
    void finding_shows_both_sides_author_and_place_in_the_log() throws IOException {
        // Given
        List<FindingView> versions =
                List.of(
                        FindingView.of(Samples.finding(57, "resolved", PATH, IMAGE_1, IMAGE_2)),
                        FindingView.of(Samples.finding(51, "open", PATH, IMAGE_1, IMAGE_2)));
        Pages.Finding page =
                new Pages.Finding(
                        frame("Finding", "/findings/" + Samples.FINDING, null),
                        versions.getFirst(),
                        versions,
                        List.of(
                                FindingView.of(
                                        Samples.finding(53, "open", "spec.replicas", "2", "5"))));

        // When
        String html = write("finding", templates.render("finding", page));

        // Then
        assertThat(html).contains("kubectl-edit", "the change between two consecutive");
        assertThat(html)
                .contains("Resolved by <strong>shop-ci</strong> (what applies the application)");
        assertThat(html).contains("<td>Resolved by shop-ci</td>");
        assertThat(html).contains("Other open findings of this resource", "spec.replicas");
        assertThat(html).contains(">cart (namespace shop, pushed)</a>");
        assertThat(html).contains("/entry/" + Samples.CLUSTER.uid() + "/51");
        assertThat(html).doesNotContain("NOT_FOUND");
    }

    @Test
    void a_finding_that_a_rule_hides_is_not_called_resolved() throws IOException {
        // Given
        FindingView finding =
                FindingView.of(
                        Samples.entry(
                                58,
                                EntryType.FINDING_RESOLVED,
                                Samples.NOON,
                                Samples.deployment("cart"),
                                """
                                {'finding':'f','class':'changed','state':'resolved',
                                 'path':'spec.replicas','desired':2,'live':5,'severity':'high',
                                 'owner':{'type':'human','manager':'kubectl-edit'},
                                 'resolution':{'by':'rule','rule':'<b>tuned','user':'dana',
                                   'revision':'0123456789abcdef','reason':'night shift',
                                   'at':'2026-11-22T12:04:10.000Z'}}
                                """));
        Pages.Finding page =
                new Pages.Finding(
                        frame("Finding", "/findings/f", null),
                        finding,
                        List.of(finding),
                        List.of());

        // When
        String html = write("finding-hidden", templates.render("finding", page));

        // Then
        assertThat(html).contains("Nobody resolved it", "&lt;b&gt;tuned", "night shift");
        assertThat(html).contains("It began with revision", "<strong>dana</strong>");
        assertThat(html).contains("Hidden by a rule", "<td>Hidden by the rule &lt;b&gt;tuned</td>");
        assertThat(html).doesNotContain("Resolved", "NOT_FOUND");
    }

    @Test
    void resource_history_is_told_in_sentences() throws IOException {
        // Given
        List<EntryView> entries =
                List.of(
                        EntryView.of(Samples.finding(57, "resolved", PATH, IMAGE_1, IMAGE_2)),
                        EntryView.of(Samples.finding(51, "open", PATH, IMAGE_1, IMAGE_2)),
                        EntryView.of(
                                Samples.entry(
                                        50,
                                        EntryType.OBJECT_OBSERVED,
                                        Samples.NOON,
                                        Samples.deployment("cart"),
                                        "{'initial':false,"
                                                + "'managers':['kubectl-edit','shop-ci']}")));
        Pages.Resource page =
                new Pages.Resource(
                        frame("apps/Deployment shop/cart", "/resource/x", null),
                        ClusterView.of(Samples.CLUSTER),
                        new ResourceKey("apps", "Deployment", "shop", "cart"),
                        new ExplanationView(
                                "apps:Deployment:shop:cart",
                                Samples.CLUSTER.uid() + ":none:shop:cart",
                                "drifted",
                                List.of()),
                        effects(),
                        entries,
                        new Pages.Turn(3, 3, 812, null));

        // When
        String html = write("resource", templates.render("resource", page));

        // Then
        assertThat(html).contains("Seen at version 812, fields of kubectl-edit, shop-ci");
    }

    @Test
    void entry_draws_its_proof() throws IOException {
        // Given
        List<Digest> leaves = new ArrayList<>();
        for (int i = 0; i < 107; i++) {
            leaves.add(Hashing.leaf(new byte[] {(byte) i}));
        }
        InclusionProof proof =
                InclusionProof.build((_, index) -> leaves.get((int) index), 51, leaves.size());
        Digest root = TestTemplates.root(leaves);
        ProofWalk walk = ProofWalk.of(proof, leaves.get(51), root);
        Pages.EntryPage page =
                new Pages.EntryPage(
                        frame("Entry 51", "/entry/x/51", null),
                        ClusterView.of(Samples.CLUSTER),
                        EntryView.of(Samples.finding(51, "open", PATH, IMAGE_1, IMAGE_2)),
                        EntryView.indented(
                                Samples.finding(51, "open", PATH, IMAGE_1, IMAGE_2).entry()),
                        true,
                        walk,
                        new CheckpointView(107, root, new Stamp(NOW), "note"),
                        ProofPicture.svg(walk));

        // When
        String html = write("entry", templates.render("entry", page));

        // Then
        assertThat(walk.holds()).isTrue();
        assertThat(html).contains("= equal", root.hex(), "51.tlog-proof");
    }

    private static final String PATH = "spec.template.spec.containers[cart].image";
    private static final String IMAGE_1 = "'registry.example/cart:1.4.2'";
    private static final String IMAGE_2 = "'registry.example/cart:1.4.3-debug'";

    private static List<EffectView> effects() {
        return List.of(
                EffectView.of(
                        Samples.entry(
                                54,
                                EntryType.EFFECT_OBSERVED,
                                Samples.NOON,
                                Samples.deployment("cart"),
                                """
                                {'effect':'load-balancer-address','change':'changed',
                                 'path':'status.loadBalancer.ingress[0].ip',
                                 'old':'203.0.113.10','new':'203.0.113.11'}
                                """)));
    }

    private static List<FindingView> findings() {
        return List.of(
                FindingView.of(Samples.finding(51, "open", PATH, IMAGE_1, IMAGE_2)),
                FindingView.of(Samples.finding(52, "resolved", "spec.replicas", "2", "5")));
    }

    private static ApplicationView application(long index, String name, String verdict) {
        return ApplicationView.of(Samples.snapshot(index, name, verdict), Samples.WATCHED);
    }

    static Frame frame(String title, String path, @Nullable Instant at) {
        return new Frame(
                title,
                path,
                path,
                new Links(at == null ? null : new Stamp(at)),
                new Stamp(NOW),
                List.of(),
                List.of(cover(true)),
                true,
                null);
    }

    static Frame.Cover cover(boolean watched) {
        return Frame.Cover.of(0, Samples.coverage(NOW, watched));
    }

    private static String hex(int seed) {
        return Digest.of(new byte[] {(byte) seed}).hex();
    }

    static String write(String name, String html) throws IOException {
        Files.createDirectories(FOLDER);
        String local =
                html.replace("\"/assets/", "\"../../src/main/resources/META-INF/resources/assets/");
        Files.write(FOLDER.resolve(name + ".html"), local.getBytes(StandardCharsets.UTF_8));
        return html;
    }
}
