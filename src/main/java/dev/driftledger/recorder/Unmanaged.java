package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Generated;
import dev.driftledger.drift.OneSide;
import dev.driftledger.drift.Owner;
import dev.driftledger.drift.Ownership;
import dev.driftledger.drift.Severity;
import dev.driftledger.drift.Verdict;
import dev.driftledger.drift.rules.RuleSet;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.ResourceKey;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
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
        if (application == null || live == null || creator == null) {
            clear(draft, row, cause);
            return;
        }
        ApplicationRow doubtful = doubtful(draft.state(), row.key());
        if (doubtful == null) {
            RuleSet rules = draft.rules(application).rules();
            Ruled ruled = Ruled.of(OneSide.judge(rules, new Verdict.Unmanaged(creator), live));
            endUnknown(draft, row, cause);
            endElsewhere(draft, row, application);
            if (ruled != null) {
                Cause rule = new Cause.Ruled(ruled.hidden().getFirst(), cause);
                end(draft, row, Claim.UNMANAGED, rule);
                tolerate(draft, new Row.Tolerated(application, row.key(), ruled));
                return;
            }
            forget(draft, row.key());
            Claim claim =
                    Claim.whole(Claim.UNMANAGED, creator, severity(row.key()))
                            .with(creator, digests(draft, application, row));
            Findings.settle(draft, target(application, row), Outcome.of(claim), cause);
        } else if (!known(draft.state(), row, Claim.UNMANAGED)) {
            Claim claim =
                    Claim.because(
                                    Claim.UNKNOWN,
                                    severity(row.key()),
                                    "may be named in what was not read: " + doubtful.hidden())
                            .with(creator, digests(draft, doubtful.id(), row));
            forget(draft, row.key());
            Findings.raise(draft, target(doubtful.id(), row), claim, cause);
        }
    }

    /// Remembers that a rule hides an object that nobody names, under one application.
    private static void tolerate(Draft draft, Row.Tolerated now) {
        Row.Tolerated old = draft.state().tolerated(now.application(), now.key());
        String rowKey = MemberIndex.rowKey(now.application(), now.key());
        if (old == null || !Ruled.alike(old.ruled(), now.ruled())) {
            forget(draft, now.key());
            draft.put(Part.TOLERATED, rowKey, now);
            changed(draft, now.application());
        } else if (!now.equals(old)) {
            draft.put(Part.TOLERATED, rowKey, now);
            draft.stir(now.application());
        }
    }

    /// Forgets that a rule hides an object: it is gone, named, or counts.
    static void forget(Draft draft, ResourceKey key) {
        if (!draft.state().toleratesAny()) {
            return;
        }
        for (ApplicationId id : List.copyOf(draft.state().applications().keySet())) {
            if (draft.state().tolerated(id, key) != null) {
                draft.remove(Part.TOLERATED, MemberIndex.rowKey(id, key));
                changed(draft, id);
            }
        }
    }

    private static void changed(Draft draft, ApplicationId id) {
        draft.touch(id);
        draft.review(id);
    }

    /// The first application with manifests that nobody read and that deploys to the namespace: one
    /// of them may name the object. Null when there is none.
    private static @Nullable ApplicationRow doubtful(RecorderState state, ResourceKey key) {
        for (ApplicationRow row : state.applications().values()) {
            if (row.hidden() != null && reach(state, row.id()).contains(key.namespace())) {
                return row;
            }
        }
        return null;
    }

    /// The namespaces of an application: those in which it names resources, and its own.
    private static SortedSet<String> reach(RecorderState state, ApplicationId application) {
        SortedSet<String> names = state.members().namespaces(application);
        names.add(application.namespace());
        return names;
    }

    private static Findings.Target target(ApplicationId application, Row.Resource row) {
        return new Findings.Target(application, row.key(), version(row.path()), row.uid());
    }

    /// The last but one part of `/apis/<group>/<version>/<plural>`.
    private static String version(String path) {
        String parent = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        return parent.substring(parent.lastIndexOf('/') + 1);
    }

    private static SortedMap<String, Digest> digests(
            Draft draft, ApplicationId application, Row.Resource row) {
        SortedMap<String, Digest> digests = new TreeMap<>();
        digests.put("live", row.object());
        ApplicationRow judged = draft.state().applications().get(application);
        if (judged != null && judged.rules() != null) {
            digests.put(Judge.IGNORE, judged.rules().file());
        }
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
            if (row == null || (row.head() == null && row.stale().staleReason() == null)) {
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
        for (String namespace : reach(draft.state(), application)) {
            for (Row.Resource row : draft.state().resources().inNamespace(namespace)) {
                if (candidate(draft.state(), row) != null
                        || known(draft.state(), row, Claim.UNMANAGED)
                        || known(draft.state(), row, Claim.UNKNOWN)
                        || isTolerated(draft.state(), row.key())) {
                    judge(draft, row, cause);
                }
            }
        }
    }

    private static boolean isTolerated(RecorderState state, ResourceKey key) {
        return state.toleratesAny()
                && state.applications().keySet().stream()
                        .anyMatch(id -> state.tolerated(id, key) != null);
    }

    private static boolean known(RecorderState state, Row.Resource row, String kind) {
        for (ApplicationId application : state.applications().keySet()) {
            if (state.findings().openCount(application, kind) > 0
                    && !about(state, application, row.key(), kind).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /// The open findings of the kind about an object that is no member of the application.
    private static List<Row.Finding> about(
            RecorderState state, ApplicationId application, ResourceKey key, String kind) {
        if (state.members().find(application, key) != null && kind.equals(Claim.UNKNOWN)) {
            return List.of();
        }
        return state.findings().about(application, key).stream()
                .filter(finding -> finding.open() && finding.kind().equals(kind))
                .toList();
    }

    /// Ends the findings that the object is nobody's, or may be.
    static void clear(Draft draft, Row.Resource row, Cause cause) {
        forget(draft, row.key());
        end(draft, row, Claim.UNMANAGED, cause);
        endUnknown(draft, row, cause);
    }

    /// One object is told of one application: another one may come to be the first that deploys to
    /// its namespace.
    private static void endElsewhere(Draft draft, Row.Resource row, ApplicationId application) {
        Cause cause = new Cause.Other("told of application " + application.id() + " from now on");
        for (ApplicationId other : List.copyOf(draft.state().applications().keySet())) {
            if (!other.equals(application)) {
                end(draft, row, other, new Ended(Claim.UNMANAGED, cause));
            }
        }
    }

    private record Ended(String kind, Cause cause) {}

    private static void endUnknown(Draft draft, Row.Resource row, Cause cause) {
        end(draft, row, Claim.UNKNOWN, cause);
    }

    private static void end(Draft draft, Row.Resource row, String kind, Cause cause) {
        for (ApplicationId application : List.copyOf(draft.state().applications().keySet())) {
            end(draft, row, application, new Ended(kind, cause));
        }
    }

    private static void end(Draft draft, Row.Resource row, ApplicationId application, Ended ended) {
        if (draft.state().findings().openCount(application, ended.kind()) > 0) {
            for (Row.Finding finding : about(draft.state(), application, row.key(), ended.kind())) {
                Findings.end(draft, finding, ended.cause());
            }
        }
    }
}
