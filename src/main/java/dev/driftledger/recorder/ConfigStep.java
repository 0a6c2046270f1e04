package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord.ConfigChanged;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.recorder.FindingEntry.Resolution;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What happens when the settings change.
final class ConfigStep {
    private ConfigStep() {}

    static void changed(Draft draft, ConfigChanged news) {
        Row.Settings old = draft.state().settings();
        if (old != null && old.config().equals(news.config())) {
            return;
        }
        Statement statement = new Statement(EntryType.CONFIG_CHANGED, Statement.Source.RECORDER);
        body(statement.body(), news.config());
        byte[] bytes = ObjectBytes.of(statement.body());
        Digest digest = Digest.of(bytes);
        statement.digest("rules", digest).blob(draft.keep("application/json", bytes));
        draft.put(Part.CONFIG, Part.SINGLE, new Row.Settings(news.config(), digest));
        draft.write(statement);
        Set<ApplicationId> configured = new HashSet<>();
        for (RecorderConfig.Application application : news.config().applications()) {
            configured.add(application.id());
            if (!draft.state().applications().containsKey(application.id())) {
                draft.put(ApplicationRow.added(application.id()));
                draft.touch(application.id());
            }
        }
        for (ApplicationId id : List.copyOf(draft.state().applications().keySet())) {
            ApplicationRow row = draft.state().applications().get(id);
            if (row != null && !configured.contains(id)) {
                remove(draft, row, old == null ? null : old.config());
            }
        }
        Cause cause = new Cause.Configured();
        for (ApplicationId id : List.copyOf(draft.state().applications().keySet())) {
            if (Observation.ready(draft.state(), id)) {
                Applications.settle(draft, id, cause);
                Unmanaged.namespaces(draft, id, cause);
            }
        }
    }

    private static void body(ObjectNode body, RecorderConfig config) {
        ArrayNode applications = body.putArray("applications");
        for (RecorderConfig.Application application : config.applications()) {
            ObjectNode node =
                    applications
                            .addObject()
                            .put("application", application.id().id())
                            .put("repository", SafeJson.text(application.repository()))
                            .put("branch", SafeJson.text(application.branch()))
                            .put("path", SafeJson.text(application.path()))
                            .put("pendingMaxSeconds", application.pendingMax().toSeconds())
                            .put("appliedBy", application.appliedBy().kind().label());
            if (application.appliedBy().name() != null) {
                node.put("appliedByName", SafeJson.text(application.appliedBy().name()));
            }
        }
        body.put("snapshotIntervalSeconds", config.snapshotInterval().toSeconds());
        ObjectNode managers = body.putObject("managers");
        config.managers().forEach(managers::put);
        LimitsJson.write(body.putObject("limits"), config.limits());
        body.set("severities", SeveritiesJson.write(config.severities()));
    }

    /// Ends what is open about an application, which says nothing of what the cluster runs, and
    /// closes it with a last snapshot.
    private static void remove(Draft draft, ApplicationRow row, @Nullable RecorderConfig before) {
        ApplicationId id = row.id();
        Resolution end =
                Resolution.because(
                        Resolutions.UNCONFIGURED, "the application is configured no more");
        for (Row.Finding finding : draft.state().findings().of(id)) {
            if (finding.open()) {
                Findings.end(draft, finding, end);
            }
            draft.remove(Part.FINDING, FindingIndex.rowKey(finding));
        }
        for (Row.Member member : draft.state().members().of(id)) {
            draft.remove(Part.MEMBER, MemberIndex.rowKey(id, member.key()));
        }
        for (Row.Tolerated tolerated : draft.state().tolerated(id)) {
            draft.remove(Part.TOLERATED, MemberIndex.rowKey(id, tolerated.key()));
        }
        for (String part : draft.state().listParts(id)) {
            draft.remove(Part.LIST_PART, part);
        }
        Snapshots.close(draft, row, before);
        draft.remove(Part.APPLICATION, id.id());
    }
}
