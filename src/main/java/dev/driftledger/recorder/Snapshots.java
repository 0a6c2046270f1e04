package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.Rfc3339;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// Lists every resource of an application at one moment: when a revision got applied, when a
/// verdict changed, and from time to time.
///
/// Applications of more than a hundred resources have at most one snapshot in ten seconds for
/// changed verdicts; the last change is never left out.
final class Snapshots {
    private static final int LARGE_COUNT = 100;
    private static final Duration LARGE_PAUSE = Duration.ofSeconds(10);

    private Snapshots() {}

    /// Sums up the applications that this decision touched, and lists those that changed.
    static void summarize(Draft draft) {
        for (ApplicationId id : List.copyOf(draft.touched())) {
            ApplicationRow row = draft.state().applications().get(id);
            if (row != null) {
                Standing verdict = verdict(draft.state(), row);
                draft.put(row.withVerdict(verdict, true));
            }
        }
        for (ApplicationRow row : List.copyOf(draft.state().applications().values())) {
            if (row.dirty() && Observation.ready(draft.state(), row.id()) && due(draft, row)) {
                write(draft, row, draft.isApplied(row.id()) ? "applied" : "verdict");
            }
        }
    }

    private static boolean due(Draft draft, ApplicationRow row) {
        return draft.isApplied(row.id())
                || row.snapshotAt() == null
                || draft.state().members().size(row.id()) <= LARGE_COUNT
                || !row.snapshotAt().plus(LARGE_PAUSE).isAfter(draft.now());
    }

    /// Lists the applications whose last snapshot is older than the interval.
    static void interval(Draft draft, Duration interval) {
        for (ApplicationRow row : List.copyOf(draft.state().applications().values())) {
            if (row.snapshotAt() != null && !row.snapshotAt().plus(interval).isAfter(draft.now())) {
                write(draft, row, "interval");
            }
        }
    }

    static Standing verdict(RecorderState state, ApplicationRow row) {
        if (row.head() == null || !row.problems().isEmpty() || !row.bootstrapped()) {
            return Standing.UNKNOWN;
        }
        Standing worst = Standing.worst(counts(state, row.id()));
        boolean behind = !row.head().equals(row.applied());
        return worst == Standing.IN_SYNC && behind ? Standing.PENDING : worst;
    }

    private static Map<Standing, Integer> counts(RecorderState state, ApplicationId id) {
        Map<Standing, Integer> counts = state.members().counts(id);
        counts.put(Standing.UNMANAGED, state.findings().openCount(id, Claim.UNMANAGED));
        counts.merge(Standing.UNKNOWN, doubtful(state, id).size(), Integer::sum);
        return counts;
    }

    /// The findings about live objects that manifests which nobody read may name.
    private static List<Row.Finding> doubtful(RecorderState state, ApplicationId id) {
        ApplicationRow application = state.applications().get(id);
        if (application == null || application.hidden() == null) {
            return List.of();
        }
        List<Row.Finding> findings = new ArrayList<>();
        for (Row.Finding finding : state.findings().of(id)) {
            ResourceKey key = finding.resource();
            if (finding.open()
                    && finding.kind().equals(Claim.UNKNOWN)
                    && key != null
                    && state.members().find(id, key) == null) {
                findings.add(finding);
            }
        }
        return findings;
    }

    private static void write(Draft draft, ApplicationRow row, String reason) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        resources(draft, row).forEach((_, node) -> rows.add(node));
        Statement statement =
                new Statement(EntryType.SNAPSHOT, Statement.Source.RECORDER)
                        .blob(draft.keep("application/json", ObjectBytes.of(rows)));
        if (draft.state().settings() != null) {
            statement.digest("rules", draft.state().settings().digest());
        }
        body(draft, row, statement.body(), reason);
        draft.write(statement);
        draft.put(row.withSnapshot(draft.now()));
    }

    private static void body(Draft draft, ApplicationRow row, ObjectNode body, String reason) {
        body.put("application", row.id().id())
                .put("reason", reason)
                .put("verdict", row.verdict().label());
        if (row.applied() != null) {
            body.set("applied", Revisions.json(row.applied()));
        }
        if (row.head() != null) {
            body.set("head", Revisions.json(row.head()));
        }
        if (row.pendingSince() != null) {
            body.put("pendingSince", Rfc3339.format(row.pendingSince()));
        }
        if (row.staleReason() != null) {
            body.put("staleReason", row.staleReason());
        }
        if (row.staleSince() != null) {
            body.put("staleSince", Rfc3339.format(row.staleSince()));
        }
        Map<Standing, Integer> counts = counts(draft.state(), row.id());
        ObjectNode sums = body.putObject("counts");
        int sum = 0;
        for (Standing standing : Standing.values()) {
            int count = counts.getOrDefault(standing, 0);
            sums.put(standing.countName(), count);
            sum += count;
        }
        body.put("resourcesCount", sum)
                .put("openFindings", draft.state().findings().openCount(row.id()))
                .put("namespace", row.id().namespace())
                .put("reconciler", row.id().reconciler());
        RecorderConfig.Application configured = draft.state().configured(row.id());
        if (configured != null) {
            body.put("repository", configured.repository())
                    .put("path", configured.path())
                    .put("branch", configured.branch());
        }
    }

    private static SortedMap<ResourceKey, ObjectNode> resources(
            Draft draft, ApplicationRow application) {
        SortedMap<ResourceKey, ObjectNode> rows = new TreeMap<>();
        Map<String, SortedMap<ResourceKey, SortedSet<String>>> images = new HashMap<>();
        for (Row.Member member : draft.state().members().of(application.id())) {
            ObjectNode node = row(draft, member.key(), member.standing());
            if (member.applied() != null) {
                node.put("desired", member.applied().hex());
            }
            if (member.pending()) {
                node.put("pending", true);
            }
            if (member.reason() != null) {
                node.put("reason", member.reason());
            }
            SortedSet<String> run =
                    images.computeIfAbsent(
                                    member.key().namespace(),
                                    name -> Images.inNamespace(draft.state(), name))
                            .get(member.key());
            if (run != null) {
                run.forEach(node.withArray("images")::add);
            }
            rows.put(member.key(), node);
        }
        for (Row.Finding finding : draft.state().findings().of(application.id())) {
            ResourceKey key = finding.resource();
            if (finding.open() && finding.kind().equals(Claim.UNMANAGED) && key != null) {
                rows.put(key, row(draft, key, Standing.UNMANAGED));
            }
        }
        for (Row.Finding finding : doubtful(draft.state(), application.id())) {
            ResourceKey key = finding.resource();
            if (key != null) {
                rows.put(key, row(draft, key, Standing.UNKNOWN).put("reason", finding.reason()));
            }
        }
        return rows;
    }

    private static ObjectNode row(Draft draft, ResourceKey key, Standing standing) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("resource", key.id()).put("verdict", standing.label());
        Row.Resource live = draft.state().resources().find(key);
        if (live != null) {
            node.put("live", live.object().hex()).put("resourceVersion", live.resourceVersion());
        }
        return node;
    }
}
