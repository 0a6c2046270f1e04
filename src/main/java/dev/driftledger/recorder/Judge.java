package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Comparator;
import dev.driftledger.drift.Comparison;
import dev.driftledger.drift.Difference;
import dev.driftledger.drift.Judgement;
import dev.driftledger.drift.OneSide;
import dev.driftledger.drift.Owner;
import dev.driftledger.drift.Severity;
import dev.driftledger.drift.Verdict;
import dev.driftledger.drift.rules.RuleSet;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Judges one resource of an application: its standing and its findings.
final class Judge {
    /// Name of the digest of an application's ignore rules.
    static final String IGNORE = "ignore";

    private Judge() {}

    /// Judges the member as the state has it now.
    static void member(Draft draft, Row.Member member, Cause cause) {
        RecorderState state = draft.state();
        if (!Observation.ready(state, member.application())) {
            stand(draft, member, Standing.UNKNOWN, Observation.NOT_YET);
            return;
        }
        String trouble = member.problem();
        Row.Resource row = state.resources().find(member.key());
        if (trouble == null) {
            trouble = Observation.obstacle(state, MemberIndex.Kind.of(member.key()));
        }
        if (trouble == null && row != null) {
            trouble = row.unreadable();
        }
        if (trouble != null) {
            unknown(draft, member, trouble, cause);
        } else if (row == null) {
            absent(draft, member, cause);
        } else {
            present(draft, member, row, cause);
        }
    }

    private static void stand(
            Draft draft, Row.Member member, Standing standing, @Nullable String reason) {
        stand(draft, member, member.withStanding(standing, reason, null));
    }

    private static void stand(Draft draft, Row.Member member, Row.Member now) {
        if (!now.equals(member)) {
            if (now.equals(member.withStanding(member.standing(), member.reason(), now.ruled()))
                    && Ruled.alike(member.ruled(), now.ruled())) {
                draft.retell(now);
            } else {
                draft.put(now);
            }
        }
        if (!Ruled.alike(member.ruled(), now.ruled())
                && (Ruled.isTrouble(member.ruled()) || Ruled.isTrouble(now.ruled()))) {
            draft.review(member.application());
        }
    }

    private static Findings.Target target(Draft draft, Row.Member member) {
        Row.Resource row = draft.state().resources().find(member.key());
        return new Findings.Target(
                member.application(),
                member.key(),
                Contents.version(member.apiVersion()),
                row == null ? null : row.uid());
    }

    /// What cannot be judged keeps the findings that it had.
    private static void unknown(Draft draft, Row.Member member, String reason, Cause cause) {
        stand(draft, member, Standing.UNKNOWN, SafeJson.text(reason));
        Findings.raise(
                draft,
                target(draft, member),
                Claim.because(Claim.UNKNOWN, Severity.MEDIUM, reason),
                cause);
    }

    private static void absent(Draft draft, Row.Member member, Cause cause) {
        if (member.head() == null) {
            Findings.settle(draft, target(draft, member), Outcome.FINE, cause);
            draft.remove(Part.MEMBER, MemberIndex.rowKey(member.application(), member.key()));
            draft.touch(member.application());
            if (Ruled.isTrouble(member.ruled())) {
                draft.review(member.application());
            }
        } else {
            lacking(draft, member, member.head(), cause);
        }
    }

    /// What a rule lets be absent is neither missing nor waited for, and yet never applied.
    private static void lacking(Draft draft, Row.Member member, Digest head, Cause cause) {
        Judgement hidden = hidesMissing(draft, member.application(), head);
        if (hidden != null) {
            tolerate(draft, member, hidden, cause);
        } else if (member.applied() == null) {
            Findings.settle(draft, target(draft, member), Outcome.FINE, cause);
            stand(draft, member, Standing.PENDING, null);
        } else {
            missing(draft, member, member.applied(), cause);
        }
    }

    /// A rule lets it be on one side only.
    private static void tolerate(Draft draft, Row.Member member, Judgement hidden, Cause cause) {
        Findings.settle(draft, target(draft, member), new Outcome(List.of(), hidden), cause);
        stand(draft, member, member.withStanding(Standing.IGNORED, null, Ruled.of(hidden)));
    }

    private static void missing(Draft draft, Row.Member member, Digest applied, Cause cause) {
        Judgement hidden = hidesMissing(draft, member.application(), applied);
        if (hidden != null) {
            agreed(draft, member, hidden, cause);
            return;
        }
        Claim missing =
                Claim.whole(Claim.MISSING, Owner.UNKNOWN, Severity.HIGH)
                        .with(Owner.UNKNOWN, digests(draft, member, null));
        Findings.settle(draft, target(draft, member), Outcome.of(missing), cause);
        stand(draft, member, Standing.MISSING, null);
    }

    /// How a rule hides that the cluster lacks an object; null when none does.
    private static @Nullable Judgement hidesMissing(
            Draft draft, ApplicationId application, Digest wanted) {
        RuleSet rules = draft.rules(application).rules();
        ObjectNode desired = rules.isEmpty() ? null : draft.object(wanted);
        return desired == null ? null : hidden(rules, new Verdict.Missing(), desired);
    }

    private static @Nullable Judgement hidden(RuleSet rules, Verdict plain, ObjectNode object) {
        Judgement judgement = OneSide.judge(rules, plain, object);
        return judgement.hidings().isEmpty() ? null : judgement;
    }

    private static void present(Draft draft, Row.Member member, Row.Resource row, Cause cause) {
        ObjectNode live = draft.object(row.object());
        if (live == null) {
            unknown(draft, member, "the live object's stored content is missing", cause);
        } else if (member.head() == null) {
            prunable(draft, member, live, cause);
        } else if (member.applied() == null) {
            stand(draft, member, Standing.PENDING, null);
            Findings.settle(draft, target(draft, member), Outcome.FINE, cause);
        } else {
            ObjectNode desired = draft.object(member.applied());
            if (desired == null) {
                unknown(draft, member, "the applied manifest's stored content is missing", cause);
            } else {
                verdict(draft, member, judge(draft, member, desired, live), cause);
            }
        }
    }

    /// Named by the head no more, and still there. What a rule lets stay is not waited for.
    private static void prunable(Draft draft, Row.Member member, ObjectNode live, Cause cause) {
        ApplicationRow application = draft.state().applications().get(member.application());
        Owner owner = dev.driftledger.drift.Ownership.creator(live, draft.managers());
        RuleSet rules = draft.rules(member.application()).rules();
        Judgement hidden = hidden(rules, new Verdict.Extra(owner), live);
        if (hidden != null) {
            tolerate(draft, member, hidden, cause);
            return;
        }
        if (application == null || !application.overdue()) {
            Findings.settle(draft, target(draft, member), Outcome.FINE, cause);
            stand(draft, member, Standing.PENDING, null);
            return;
        }
        Claim extra =
                Claim.whole(Claim.EXTRA, owner, Severity.MEDIUM)
                        .with(owner, digests(draft, member, live));
        Findings.settle(draft, target(draft, member), Outcome.of(extra), cause);
        stand(draft, member, Standing.EXTRA, null);
    }

    private static void verdict(Draft draft, Row.Member member, Judgement judgement, Cause cause) {
        Verdict verdict = judgement.verdict();
        switch (verdict) {
            case Verdict.InSync _, Verdict.Ignored _ -> agreed(draft, member, judgement, cause);
            case Verdict.Drifted drifted -> {
                Outcome outcome = new Outcome(claims(draft, member, drifted), judgement);
                Findings.settle(draft, target(draft, member), outcome, cause);
                Ruled ruled = Ruled.of(judgement);
                stand(draft, member, member.withStanding(Standing.DRIFTED, null, ruled));
            }
            case Verdict.Unknown(String reason) -> unknown(draft, member, reason, cause);
            case Verdict.Missing _, Verdict.Unmanaged _, Verdict.Extra _ ->
                    unknown(draft, member, "the comparison of two objects said " + verdict, cause);
        }
    }

    private static void agreed(Draft draft, Row.Member member, Judgement judgement, Cause cause) {
        Findings.settle(draft, target(draft, member), new Outcome(List.of(), judgement), cause);
        boolean ignored = judgement.verdict() instanceof Verdict.Ignored;
        Standing agreed = ignored ? Standing.IGNORED : Standing.IN_SYNC;
        Standing now = member.behind() ? Standing.PENDING : agreed;
        stand(draft, member, member.withStanding(now, null, Ruled.of(judgement)));
    }

    private static List<Claim> claims(Draft draft, Row.Member member, Verdict.Drifted drifted) {
        Row.Resource row = draft.state().resources().find(member.key());
        ObjectNode live = row == null ? null : draft.object(row.object());
        SortedMap<String, Digest> digests = digests(draft, member, live);
        List<Claim> claims = new ArrayList<>();
        for (Difference difference : drifted.differences()) {
            claims.add(Claim.of(difference, drifted.certainty(), digests));
        }
        return claims;
    }

    /// What a statement about the member rests on, by name.
    private static SortedMap<String, Digest> digests(
            Draft draft, Row.Member member, @Nullable ObjectNode live) {
        SortedMap<String, Digest> digests = new TreeMap<>();
        ResourceKey key = member.key();
        if (member.applied() != null) {
            digests.put("desired", member.applied());
        }
        Row.Resource row = draft.state().resources().find(key);
        if (live != null && row != null) {
            digests.put("live", row.object());
            String version = Contents.version(live.path("apiVersion").asText());
            Digest schema = draft.schemas().digest(key.group(), version, key.kind());
            if (schema != null) {
                digests.put("schema", schema);
            }
        }
        Row.Settings settings = draft.state().settings();
        if (settings != null) {
            digests.put("rules", settings.digest());
        }
        ApplicationRow application = draft.state().applications().get(member.application());
        if (application != null && application.rules() != null) {
            digests.put(IGNORE, application.rules().file());
        }
        for (int i = 0; i < member.former().size(); i++) {
            digests.put("former" + (i + 1), member.former().get(i));
        }
        related(draft, key, digests);
        return digests;
    }

    /// Names the objects that bear on the verdict one by one, or, when they are many, by a list of
    /// their digests in the same order.
    private static void related(Draft draft, ResourceKey key, SortedMap<String, Digest> digests) {
        List<Digest> related = new ArrayList<>();
        for (ResourceKey scaler : draft.state().resources().scalers(key)) {
            Row.Resource row = draft.state().resources().find(scaler);
            if (row != null) {
                related.add(row.object());
            }
        }
        if (related.size() > draft.limits().relatedCount()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode(related.size());
            related.forEach(digest -> list.add(digest.hex()));
            digests.put("related", draft.offer("application/json", ObjectBytes.of(list)));
            return;
        }
        for (int i = 0; i < related.size(); i++) {
            digests.put("related" + (i + 1), related.get(i));
        }
    }

    /// Compares a live object with one desired version of the member.
    static Verdict compare(Draft draft, Row.Member member, ObjectNode desired, ObjectNode live) {
        return judge(draft, member, desired, live).verdict();
    }

    private static Judgement judge(
            Draft draft, Row.Member member, ObjectNode desired, ObjectNode live) {
        RecorderConfig.Application configured = draft.state().configured(member.application());
        List<ObjectNode> former = new ArrayList<>();
        for (Digest digest : member.former()) {
            add(former, draft.object(digest));
        }
        List<ObjectNode> related = new ArrayList<>();
        for (ResourceKey scaler : draft.state().resources().scalers(member.key())) {
            Row.Resource row = draft.state().resources().find(scaler);
            add(related, row == null ? null : draft.object(row.object()));
        }
        return Comparator.judge(
                new Comparison(
                        desired,
                        live,
                        new Comparison.Background(
                                        former,
                                        configured == null ? null : applier(configured),
                                        related)
                                .by(Findings.authors(draft, member.application(), member.key())),
                        new Comparison.Criteria(
                                draft.schemas(),
                                draft.managers(),
                                draft.severities(),
                                draft.rules(member.application()).rules())));
    }

    private static void add(List<ObjectNode> list, @Nullable ObjectNode object) {
        if (object != null) {
            list.add(object);
        }
    }

    /// The field manager with which the application is applied; null when unknown.
    static @Nullable String applier(RecorderConfig.Application configured) {
        return switch (configured.appliedBy().kind()) {
            case MANAGER -> configured.appliedBy().name();
            case HEAD, ANNOTATION -> null;
        };
    }
}
