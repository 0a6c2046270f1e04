package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Redaction;
import dev.driftledger.sandbox.ClusterAccess;
import dev.driftledger.testkit.ApiClient;
import dev.driftledger.testkit.KubeLab;
import dev.driftledger.testkit.Manifests;
import dev.driftledger.testkit.ServedKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Every kind that a real API server stores, written in five ways, with its controllers running:
/// nobody touched it, so nothing may count.
///
/// `KUBEBUILDER_ASSETS` may name the binaries of an older Kubernetes, for which [OlderServer] makes
/// the manifests fit. With `-Ddriftledger.golden=write` the pairs of [AtRestTest] are written anew.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AtRestIT {
    private static final String STORES_NOTHING = "is answered and not stored";

    /// Served kinds without a manifest, and why.
    private static final Map<String, String> LEFT_OUT =
            Map.of(
                    "v1 Binding", STORES_NOTHING,
                    "v1 ComponentStatus", "cannot be created",
                    "authentication.k8s.io/v1 SelfSubjectReview", STORES_NOTHING,
                    "authentication.k8s.io/v1 TokenReview", STORES_NOTHING,
                    "authorization.k8s.io/v1 LocalSubjectAccessReview", STORES_NOTHING,
                    "authorization.k8s.io/v1 SelfSubjectAccessReview", STORES_NOTHING,
                    "authorization.k8s.io/v1 SelfSubjectRulesReview", STORES_NOTHING,
                    "authorization.k8s.io/v1 SubjectAccessReview", STORES_NOTHING);

    /// What an API server refuses to write a second time as it stands in a manifest: the selector
    /// of a Job and the volume of a claim are filled in and cannot be taken out again.
    private static final Set<String> NOT_REPLACED = Set.of("job", "job2", "bound");

    private static final ClusterRef CLUSTER =
            new ClusterRef("00000000-0000-4000-8000-000000000001", "test");
    private static final Redaction REDACTION =
            new Redaction(
                    "test", "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    private @Nullable KubeLab lab;
    private List<ServedKind> served = List.of();
    private Schemas schemas = Schemas.empty();
    private final Map<Delivery, List<AtRestSet.Item>> sets = new TreeMap<>();
    private final Map<Delivery, List<String>> refused = new TreeMap<>();

    /// An object at rest.
    private record Pair(Delivery delivery, AtRestSet.Item item, ObjectNode live) {}

    @BeforeAll
    void deliver(@TempDir Path folder) throws IOException, InterruptedException {
        lab = KubeLab.start(folder, "AtRestIT");
        ApiClient client = lab.client(ClusterAccess.CI);
        served = ServedKind.all(client);
        for (Delivery delivery : Delivery.values()) {
            client.post("/api/v1/namespaces", "test", namespace(delivery.label())).object();
        }
        for (Delivery delivery : Delivery.values()) {
            List<AtRestSet.Item> items = AtRestSet.of(delivery.label(), sets.size(), served);
            if (OlderServer.is(client)) {
                items = OlderServer.fit(client, items, served);
            }
            sets.put(delivery, items);
            refused.put(delivery, delivery.deliver(lab, items, folder));
        }
        schemas = Schemas.of(KubeLab.openApi(client));
        settle(client);
    }

    @AfterAll
    void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void every_served_kind_is_covered_or_left_out_for_a_reason() {
        Set<String> covered =
                sets.values().stream()
                        .flatMap(List::stream)
                        .map(item -> item.kind().id())
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(served.stream().map(ServedKind::id).filter(id -> !covered.contains(id)))
                .allSatisfy(id -> assertThat(LEFT_OUT).containsKey(id));
        assertThat(LEFT_OUT.keySet()).doesNotContainAnyElementsOf(covered);
        System.out.println(covered.size() + " kinds covered; left out: " + LEFT_OUT);
    }

    @Test
    void all_was_written_but_for_what_cannot_be_replaced() {
        refused.forEach((delivery, lines) ->
                lines.forEach(line -> System.out.println(delivery + " refused: " + line)));
        assertThat(refused)
                .allSatisfy((delivery, lines) -> {
                    if (delivery != Delivery.REPLACE) {
                        assertThat(lines).isEmpty();
                    }
                });
        assertThat(refused.get(Delivery.REPLACE))
                .allSatisfy(line ->
                        assertThat(NOT_REPLACED)
                                .anyMatch(name -> line.contains("\"" + name + "\"")));
    }

    @Test
    void nothing_counts_at_rest() throws IOException {
        // Given
        List<Pair> pairs = pairs();

        // When
        List<String> findings = new ArrayList<>();
        pairs.forEach(pair -> judge(pair, pairs, findings));

        // Then
        if ("write".equals(System.getProperty("driftledger.golden"))) {
            write(pairs);
        }
        print(pairs);
        findings.forEach(System.out::println);
        assertThat(findings).isEmpty();
    }

    private List<Pair> pairs() {
        ApiClient client = client();
        List<Pair> pairs = new ArrayList<>();
        sets.forEach((delivery, items) ->
                items.forEach(item ->
                        pairs.add(new Pair(delivery, item, client.get(item.path()).object()))));
        return pairs;
    }

    private static void write(List<Pair> pairs) throws IOException {
        Path file = Path.of("src/test/resources/drift/at-rest/pairs.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (Pair pair : pairs) {
                ObjectNode line = pair.live().objectNode();
                line.put("applier", pair.delivery().manager());
                line.set("desired", pair.item().manifest());
                line.set("live", pair.live());
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private ApiClient client() {
        return java.util.Objects.requireNonNull(lab).client(ClusterAccess.DRIFTLEDGER);
    }

    /// With the applier known and not, as it is and redacted.
    private void judge(Pair pair, List<Pair> all, List<String> findings) {
        List<ObjectNode> scalers =
                all.stream()
                        .filter(p -> p.delivery() == pair.delivery())
                        .map(Pair::live)
                        .filter(o -> o.path("kind").asText().equals("HorizontalPodAutoscaler"))
                        .toList();
        ObjectNode desired = pair.item().manifest();
        Comparison named = comparison(desired, pair.live(), pair.delivery().manager(), scalers);
        check("", pair, named, findings);
        check("applier unknown, ", pair, comparison(desired, pair.live(), null, scalers), findings);
        check(
                "redacted, ",
                pair,
                comparison(
                        REDACTION.redact(CLUSTER, desired.deepCopy()),
                        REDACTION.redact(CLUSTER, pair.live().deepCopy()),
                        pair.delivery().manager(),
                        scalers),
                findings);
    }

    private Comparison comparison(
            ObjectNode desired,
            ObjectNode live,
            @Nullable String applier,
            List<ObjectNode> related) {
        return new Comparison(
                desired,
                live,
                new Comparison.Background(List.of(), applier, related),
                Comparison.Criteria.builtIn(schemas));
    }

    private static void check(String how, Pair pair, Comparison comparison, List<String> findings) {
        Verdict verdict = Comparator.compare(comparison);
        boolean quiet =
                verdict instanceof Verdict.InSync(_, Verdict.Certainty certainty)
                        && certainty == Verdict.Certainty.SCHEMA;
        if (!quiet) {
            String what =
                    verdict instanceof Verdict.Drifted drifted
                            ? drifted.differences().toString()
                            : verdict.toString();
            findings.add(
                    pair.delivery().label()
                            + " "
                            + pair.item().kind().id()
                            + " "
                            + pair.item().name()
                            + ": "
                            + how
                            + what);
        }
    }

    /// Objects at rest by kind and applier.
    private static void print(List<Pair> pairs) {
        Map<String, Map<Delivery, Integer>> counts = new TreeMap<>();
        for (Pair pair : pairs) {
            counts.computeIfAbsent(pair.item().kind().id(), _ -> new TreeMap<>())
                    .merge(pair.delivery(), 1, Integer::sum);
        }
        System.out.println("objects at rest by kind and applier");
        counts.forEach((kind, row) -> System.out.println(kind + " " + row));
        System.out.println(pairs.size() + " pairs, " + counts.size() + " kinds");
    }

    /// Waits until no object changes any more; one whose status a controller writes again and
    /// again is not waited for.
    private void settle(ApiClient client) throws InterruptedException {
        List<String> before = List.of();
        for (int i = 0; i < 12; i++) {
            List<String> now = versions(client);
            if (now.equals(before)) {
                return;
            }
            before = now;
            Thread.sleep(2_000);
        }
    }

    private List<String> versions(ApiClient client) {
        List<String> versions = new ArrayList<>();
        for (List<AtRestSet.Item> items : sets.values()) {
            for (AtRestSet.Item item : items) {
                versions.add(
                        client.get(item.path())
                                .body()
                                .path("metadata")
                                .path("resourceVersion")
                                .asText());
            }
        }
        return versions;
    }

    private static ObjectNode namespace(String name) {
        return Manifests.one("{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}");
    }
}
