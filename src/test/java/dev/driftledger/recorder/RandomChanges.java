package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.recorder.RandomCluster.Member;
import dev.driftledger.testkit.ApiClient;
import dev.driftledger.testkit.Manifests;
import dev.driftledger.testkit.ServedKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Changes objects of a real cluster at random and says where the open findings are not exactly
/// what the API server's answers tell.
final class RandomChanges {
    private static final Set<String> DELETED =
            Set.of(
                    "ConfigMap",
                    "CronJob",
                    "Deployment",
                    "Ingress",
                    "IngressClass",
                    "LimitRange",
                    "NetworkPolicy",
                    "PodDisruptionBudget",
                    "PriorityClass",
                    "Role",
                    "RoleBinding",
                    "Secret",
                    "StorageClass");

    private static final List<String> STRAYS =
            List.of(
                    "{apiVersion: v1, kind: ConfigMap, data: {a: b}}",
                    "{apiVersion: v1, kind: Secret, stringData: {a: b}}",
                    "{apiVersion: v1, kind: Service, spec: {ports: [{port: 80}]}}",
                    "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role,"
                            + " rules: [{apiGroups: [''], resources: [pods], verbs: ['*']}]}",
                    "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy,"
                            + " spec: {podSelector: {}}}");

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final RandomCluster cluster;
    private final Random random;
    private final ApiClient client;
    private final Tally tally = new Tally();
    private final List<String> failures = new ArrayList<>();
    private final Set<String> known = new TreeSet<>();

    RandomChanges(RandomCluster cluster, Random random) {
        this.cluster = cluster;
        this.random = random;
        this.client = cluster.client();
    }

    /// Makes that many changes; what went wrong, a line each.
    List<String> run(int changes) {
        while (tally.changes() < changes && failures.size() < 40) {
            int dice = random.nextInt(100);
            Member member = cluster.members().get(random.nextInt(cluster.members().size()));
            if (dice < 4) {
                stray(member.application());
            } else if (dice < 9 && DELETED.contains(member.kind().kind())) {
                deletion(member);
            } else {
                episode(member);
            }
        }
        return failures;
    }

    Tally tally() {
        return tally;
    }

    /// A few changes to one object, one after another, then the applier puts all back.
    private void episode(Member member) {
        ObjectNode rest = Objects.requireNonNull(cluster.live(member), member::about);
        Truth truth = new Truth(cluster.schema(rest), member, rest);
        int steps = 1 + random.nextInt(3);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            ObjectNode before = cluster.live(member);
            String step = step(member, truth);
            if (step != null && !check(truth.expected(), step)) {
                failures.add("  after " + made);
                failures.add("  the API server had " + before);
                failures.add("  the API server has " + cluster.live(member));
                break;
            }
            made.add(step);
        }
        putBack(member, rest);
    }

    /// One write; what was done, null when nothing changed.
    private @Nullable String step(Member member, Truth truth) {
        ObjectNode before = Objects.requireNonNull(cluster.live(member), member::about);
        if (random.nextInt(6) == 0 && before.path("spec").has("replicas") && isScalable(member)) {
            return scale(member, truth, before);
        }
        for (int attempt = 0; attempt < 6; attempt++) {
            RandomActor actor = RandomActor.pick(random);
            if (actor == RandomActor.CI_APPLY && member.applier().equals(actor.manager())) {
                continue;
            }
            RandomEdit.Sort sort = sort();
            SchemaNode schema = cluster.schema(before);
            RandomEdit.Edited edit =
                    actor.can(sort) ? RandomEdit.make(random, schema, before, sort) : null;
            SortedMap<String, @Nullable JsonNode> asked =
                    edit == null
                            ? new TreeMap<>()
                            : FieldTruth.between(schema, before, edit.object());
            boolean idle = sort == RandomEdit.Sort.REMOVE && asked.isEmpty();
            if (edit == null || idle || truth.touches(asked.keySet())) {
                continue;
            }
            ApiClient.Answer answer = actor.send(client, member.path(), schema, before, edit);
            if (!answer.isGood()) {
                tally.refused();
                continue;
            }
            Writer writer = new Writer(actor.manager(), actor.operation(), "", actor.type());
            boolean changed = truth.written(before, answer.object(), writer, asked.keySet());
            cluster.awaitSeen(member.kind(), answer.object());
            if (changed) {
                tally.change(member.kind().kind(), actor.name(), sort.name());
                return actor + " " + sort + " " + member.about() + " " + edit.at();
            }
            tally.unchanged(sort.name());
            return check(truth.expected(), "nothing changed by " + actor + edit.at()) ? null : "";
        }
        return null;
    }

    private RandomEdit.Sort sort() {
        int dice = random.nextInt(20);
        if (dice < 8) {
            return RandomEdit.Sort.SET;
        }
        if (dice < 11) {
            return RandomEdit.Sort.REMOVE;
        }
        if (dice < 15) {
            return RandomEdit.Sort.ADD_FIELD;
        }
        return dice < 18 ? RandomEdit.Sort.ADD_ITEM : RandomEdit.Sort.REORDER;
    }

    private static boolean isScalable(Member member) {
        return Set.of("Deployment", "StatefulSet").contains(member.kind().kind());
    }

    /// As `kubectl scale` does it. Where nobody owns the replicas, because they were a default of a
    /// server-side apply, the API server does not note who scales.
    private @Nullable String scale(Member member, Truth truth, ObjectNode before) {
        if (truth.touches(Set.of("spec.replicas"))) {
            return null;
        }
        int replicas = before.path("spec").path("replicas").asInt() + 1 + random.nextInt(2);
        ObjectNode patch = before.objectNode();
        patch.putObject("spec").put("replicas", replicas);
        client.patch(member.path() + "/scale", "kubectl", ApiClient.MERGE, patch).object();
        ObjectNode after = Objects.requireNonNull(cluster.live(member));
        boolean owned =
                before.at("/metadata/managedFields")
                        .valueStream()
                        .anyMatch(e -> e.at("/fieldsV1/f:spec").has("f:replicas"));
        Writer human = new Writer("kubectl", "Update", "scale", "human");
        Writer writer = owned ? human : Truth.untraced(human);
        truth.written(before, after, writer, Set.of("spec.replicas"));
        cluster.awaitSeen(member.kind(), after);
        tally.change(member.kind().kind(), "KUBECTL_SCALE", "SET");
        return "kubectl scale " + member.about();
    }

    private void deletion(Member member) {
        ObjectNode rest = Objects.requireNonNull(cluster.live(member), member::about);
        ApiClient.Answer answer = client.delete(member.path());
        if (!answer.isGood()) {
            tally.refused();
            return;
        }
        cluster.awaitGone(rest.path("metadata").path("uid").asText());
        tally.change(member.kind().kind(), "SOMEBODY", "DELETE");
        Truth.Expected missing =
                new Truth.Expected(
                        new TreeMap<>(Map.of(member.about() + " missing", Writer.NOBODY)),
                        Set.of());
        check(missing, "deleted " + member.about());
        ObjectNode again = member.manifest().deepCopy();
        ObjectNode created;
        if (member.applier().equals("ci")) {
            created = client.apply(member.path(), "ci", again).object();
        } else {
            ((ObjectNode) again.get("metadata"))
                    .withObjectProperty("annotations")
                    .set(LAST_APPLIED, rest.at("/metadata/annotations").path(LAST_APPLIED));
            created =
                    client.post(
                                    member.kind().collection(member.application()),
                                    member.applier(),
                                    again)
                            .object();
        }
        cluster.awaitSeen(member.kind(), created);
        check(Truth.Expected.NOTHING, "created again " + member.about());
    }

    /// Creates something that no application names.
    private void stray(String application) {
        ObjectNode object = Manifests.one(STRAYS.get(random.nextInt(STRAYS.size())));
        String name = "stray-" + tally.changes();
        object.putObject("metadata").put("name", name).put("namespace", application);
        ServedKind kind =
                cluster.members().stream()
                        .map(Member::kind)
                        .filter(k -> k.isOf(object))
                        .findFirst()
                        .orElseThrow();
        RandomActor actor = RandomActor.pick(random);
        ObjectNode created =
                client.post(kind.collection(application), actor.manager(), object).object();
        cluster.awaitSeen(kind, created);
        tally.change(kind.kind(), actor.name(), "CREATE");
        boolean suspect = actor.type().equals("human") || actor.type().equals("unknown");
        String about = ClusterFeed.name(kind.kind(), application, name) + " unmanaged";
        Writer writer = new Writer(actor.manager(), "Update", "", actor.type());
        check(
                suspect
                        ? new Truth.Expected(new TreeMap<>(Map.of(about, writer)), Set.of())
                        : Truth.Expected.NOTHING,
                actor + " created " + kind.kind() + " " + name);
        client.delete(kind.path(application, name));
        cluster.awaitGone(created.path("metadata").path("uid").asText());
        check(Truth.Expected.NOTHING, "deleted " + name);
    }

    /// The applier writes what stood there before.
    private void putBack(Member member, ObjectNode rest) {
        ApiClient.Answer answer = null;
        for (int i = 0; i < 10 && (answer == null || answer.status() == 409); i++) {
            ObjectNode now = Objects.requireNonNull(cluster.live(member));
            ObjectNode back = rest.deepCopy();
            ObjectNode metadata = (ObjectNode) now.get("metadata").deepCopy();
            for (String name : List.of("labels", "annotations", "finalizers")) {
                metadata.remove(name);
                if (rest.path("metadata").has(name)) {
                    metadata.set(name, rest.path("metadata").get(name));
                }
            }
            back.set("metadata", metadata);
            answer = client.put(member.path(), member.applier(), back);
        }
        if (answer == null || !answer.isGood()) {
            recreate(member);
            return;
        }
        cluster.awaitSeen(member.kind(), answer.object());
        check(Truth.Expected.NOTHING, "put back " + member.about());
    }

    /// Where the API server takes no way back.
    private void recreate(Member member) {
        if (DELETED.contains(member.kind().kind())) {
            deletion(member);
        } else {
            failures.add("cannot put back " + member.about());
        }
    }

    /// Compares what is open with what should be.
    private boolean check(Truth.Expected expected, String step) {
        NavigableMap<String, ClusterFeed.Finding> open = cluster.feed().open();
        known.retainAll(open.keySet());
        known.forEach(open::remove);
        List<String> problems = expected.problems(open, tally);
        for (String problem : problems) {
            failures.add("change " + tally.changes() + ", " + step + ": " + problem);
        }
        if (!problems.isEmpty()) {
            open.keySet().stream()
                    .filter(key -> !expected.required().containsKey(key))
                    .forEach(known::add);
        }
        return problems.isEmpty();
    }
}
