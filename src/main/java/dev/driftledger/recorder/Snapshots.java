package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Hiding;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.Rfc3339;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Lists every resource of an application at one moment: when a revision got applied, when a
/// verdict changed, and from time to time.
///
/// Large applications have at most one snapshot in a while for changed verdicts; the last change is
/// never left out.
final class Snapshots {
    private static final String UNCONFIGURED = "unconfigured";

    private Snapshots() {}

    /// Sums up the applications that this decision touched, and lists those that changed.
    static void summarize(Draft draft) {
        for (ApplicationId id : List.copyOf(draft.touched())) {
            ApplicationRow row = draft.state().applications().get(id);
            if (row != null) {
                draft.put(row.with(row.summary().with(verdict(draft.state(), row))));
            }
        }
        for (ApplicationId id : draft.state().unlisted()) {
            ApplicationRow row = draft.state().applications().get(id);
            if (row != null && Observation.ready(draft.state(), id) && due(draft, row)) {
                write(draft, row, draft.isApplied(id) ? "applied" : "verdict");
            }
        }
    }

    private static boolean due(Draft draft, ApplicationRow row) {
        Instant last = row.summary().snapshotAt();
        return draft.isApplied(row.id())
                || last == null
                || draft.state().members().size(row.id()) <= draft.limits().largeCount()
                || !last.plus(draft.limits().largePause()).isAfter(draft.now());
    }

    /// Lists the applications of which objects changed though no verdict did. Called now and then,
    /// so that an application that changes all the time is not listed all the time.
    static void stirred(Draft draft) {
        for (ApplicationId id : draft.state().stirred()) {
            ApplicationRow row = draft.state().applications().get(id);
            if (row != null
                    && row.summary().snapshotAt() != null
                    && Observation.ready(draft.state(), id)) {
                write(draft, row, "changed");
            }
        }
    }

    /// Lists the applications whose last snapshot is older than the interval.
    static void interval(Draft draft, Duration interval) {
        for (ApplicationRow row : List.copyOf(draft.state().applications().values())) {
            Instant last = row.summary().snapshotAt();
            if (last != null && !last.plus(interval).isAfter(draft.now())) {
                write(draft, row, "interval");
            }
        }
    }

    /// Says that the application is configured no more: the last that is said of it, with nothing
    /// in its list.
    ///
    /// @param before the settings that named it last; null when none did
    static void close(Draft draft, ApplicationRow row, @Nullable RecorderConfig before) {
        Statement statement =
                new Statement(EntryType.SNAPSHOT, Statement.Source.RECORDER)
                        .blob(
                                draft.keep(
                                        "application/json",
                                        ObjectBytes.of(JsonNodeFactory.instance.arrayNode())));
        rules(draft, statement);
        ApplicationRow last = row.with(ApplicationRow.Waiting.NOT).with(ApplicationRow.Stale.NOT);
        body(draft, last, statement.body(), UNCONFIGURED);
        statement.body().put("verdict", UNCONFIGURED);
        if (before != null) {
            place(statement.body(), before.application(row.id()));
        }
        draft.write(statement);
    }

    static Standing verdict(RecorderState state, ApplicationRow row) {
        if (row.head() == null || !row.source().problems().isEmpty() || !row.bootstrapped()) {
            return Standing.UNKNOWN;
        }
        Standing worst = Standing.worst(counts(state, row.id()));
        boolean behind = !row.head().equals(row.applied());
        return worst == Standing.IN_SYNC && behind ? Standing.PENDING : worst;
    }

    private static Map<Standing, Integer> counts(RecorderState state, ApplicationId id) {
        Map<Standing, Integer> counts = state.members().counts(id);
        counts.put(Standing.UNMANAGED, state.findings().openCount(id, Claim.UNMANAGED));
        counts.merge(Standing.IGNORED, state.toleratedCount(id), Integer::sum);
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
        rules(draft, statement);
        if (row.rules() != null) {
            statement.digest(Judge.IGNORE, row.rules().file());
            statement.body().put("rulesAsOf", Rfc3339.format(row.rules().asOf()));
        }
        body(draft, row, statement.body(), reason);
        draft.write(statement);
        draft.put(
                row.with(
                        new ApplicationRow.Summary(
                                row.summary().verdict(), draft.now(), false, false)));
    }

    private static void rules(Draft draft, Statement statement) {
        if (draft.state().settings() != null) {
            statement.digest("rules", draft.state().settings().digest());
        }
    }

    private static void body(Draft draft, ApplicationRow row, ObjectNode body, String reason) {
        body.put("application", row.id().id())
                .put("reason", reason)
                .put("verdict", row.summary().verdict().label());
        if (row.applied() != null) {
            body.set("applied", Revisions.json(row.applied()));
        }
        if (row.head() != null) {
            body.set("head", Revisions.json(row.head()));
        }
        if (row.pendingSince() != null) {
            body.put("pendingSince", Rfc3339.format(row.pendingSince()));
        }
        ApplicationRow.Stale stale = row.stale();
        if (stale.staleReason() != null) {
            body.put("staleReason", stale.staleReason());
        }
        if (stale.staleSince() != null) {
            body.put("staleSince", Rfc3339.format(stale.staleSince()));
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
        place(body, draft.state().configured(row.id()));
    }

    private static void place(ObjectNode body, RecorderConfig.@Nullable Application configured) {
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
            Digest head = member.head();
            if (head != null
                    && member.standing() == Standing.IGNORED
                    && !Objects.equals(head, member.applied())) {
                node.put("head", head.hex());
            }
            if (member.pending()) {
                node.put("pending", true);
            }
            if (member.reason() != null) {
                node.put("reason", member.reason());
            }
            ignored(node, member.ruled());
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
        for (Row.Tolerated each : draft.state().tolerated(application.id())) {
            ObjectNode node = row(draft, each.key(), Standing.IGNORED);
            ignored(node, each.ruled());
            rows.put(each.key(), node);
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
                rows.put(
                        key,
                        row(draft, key, Standing.UNKNOWN).put("reason", finding.stated().reason()));
            }
        }
        return rows;
    }

    /// What each rule hides of the resource.
    private static void ignored(ObjectNode node, @Nullable Ruled ruled) {
        if (ruled == null) {
            return;
        }
        for (Hiding hiding : ruled.hidden()) {
            ObjectNode rule =
                    node.withArray("ignored")
                            .addObject()
                            .put("rule", hiding.rule())
                            .put("origin", hiding.origin())
                            .put("fieldsCount", hiding.fieldsCount())
                            .put("digest", hiding.digest().hex())
                            .put("everything", hiding.everything());
            if (hiding.reason() != null) {
                rule.put("reason", hiding.reason());
            }
            if (hiding.whole() != null) {
                rule.put("whole", hiding.whole().label());
            }
        }
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
