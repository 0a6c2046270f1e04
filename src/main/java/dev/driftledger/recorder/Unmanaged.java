package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Generated;
import dev.driftledger.drift.Owner;
import dev.driftledger.drift.Ownership;
import dev.driftledger.drift.Severity;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.ResourceKey;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds live objects in the namespaces of applications that no application names and that nobody
/// but a person, or somebody unknown, made.
final class Unmanaged {
    private Unmanaged() {}

    /// Judges one live object that may belong to nobody.
    static void judge(Draft draft, Row.Resource row, Cause cause) {
        ApplicationId application = candidate(draft.state(), row);
        ObjectNode live = application == null ? null : draft.object(row.object());
        Owner creator =
                live == null || Generated.is(row.key(), live)
                        ? null
                        : suspect(Ownership.creator(live, draft.managers()));
        if (application != null && live != null && creator != null) {
            Claim claim =
                    Claim.whole(Claim.UNMANAGED, creator, severity(row.key()))
                            .with(creator, digests(row));
            Findings.settle(draft, target(application, row), List.of(claim), cause);
        } else {
            clear(draft, row, cause);
        }
    }

    private static Findings.Target target(ApplicationId application, Row.Resource row) {
        return new Findings.Target(application, row.key(), version(row.path()), row.uid());
    }

    /// The last but one part of `/apis/<group>/<version>/<plural>`.
    private static String version(String path) {
        String parent = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        return parent.substring(parent.lastIndexOf('/') + 1);
    }

    private static SortedMap<String, Digest> digests(Row.Resource row) {
        SortedMap<String, Digest> digests = new TreeMap<>();
        digests.put("live", row.object());
        return digests;
    }

    private static Severity severity(ResourceKey key) {
        return key.group().equals("rbac.authorization.k8s.io")
                ? Severity.CRITICAL
                : Severity.MEDIUM;
    }

    /// The application in whose reach it is; null when it is nobody's business.
    private static @Nullable ApplicationId candidate(RecorderState state, Row.Resource row) {
        String namespace = row.key().namespace();
        if (row.controller() != null
                || row.unreadable() != null
                || namespace.startsWith("kube-")
                || Generated.isKind(row.key().kind())
                || state.members().claimed(row.key())
                || !allRendered(state)) {
            return null;
        }
        return state.members().inNamespace(namespace);
    }

    /// Until every application told what it names, nothing can be called nobody's.
    static boolean allRendered(RecorderState state) {
        Row.Settings settings = state.settings();
        if (settings == null) {
            return false;
        }
        for (RecorderConfig.Application configured : settings.config().applications()) {
            ApplicationRow row = state.applications().get(configured.id());
            if (row == null || (row.head() == null && row.staleReason() == null)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Owner suspect(Owner creator) {
        return switch (creator.type()) {
            case HUMAN, UNKNOWN -> creator;
            case CONTROLLER, RECONCILER, ADMISSION -> null;
        };
    }

    /// Judges all objects in the namespaces of an application.
    static void namespaces(Draft draft, ApplicationId application, Cause cause) {
        for (String namespace : draft.state().members().namespaces(application)) {
            for (Row.Resource row : draft.state().resources().inNamespace(namespace)) {
                if (candidate(draft.state(), row) != null || known(draft.state(), row)) {
                    judge(draft, row, cause);
                }
            }
        }
    }

    private static boolean known(RecorderState state, Row.Resource row) {
        for (ApplicationId application : state.applications().keySet()) {
            if (state.findings().openCount(application, Claim.UNMANAGED) > 0
                    && !state.findings().about(application, row.key()).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /// Ends the finding that the object is nobody's.
    static void clear(Draft draft, Row.Resource row, Cause cause) {
        for (ApplicationId application : List.copyOf(draft.state().applications().keySet())) {
            if (draft.state().findings().openCount(application, Claim.UNMANAGED) > 0) {
                for (Row.Finding finding : draft.state().findings().about(application, row.key())) {
                    if (finding.open() && finding.kind().equals(Claim.UNMANAGED)) {
                        Findings.end(draft, finding, cause);
                    }
                }
            }
        }
    }
}
