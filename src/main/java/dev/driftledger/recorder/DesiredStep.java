package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Severity;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord.DesiredFresh;
import dev.driftledger.model.IntakeRecord.DesiredObject;
import dev.driftledger.model.IntakeRecord.DesiredRendered;
import dev.driftledger.model.IntakeRecord.DesiredResource;
import dev.driftledger.model.IntakeRecord.DesiredStale;
import dev.driftledger.model.IntakeRecord.RenderProblem;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.Rfc3339;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// What happens when git says something new.
final class DesiredStep {
    private DesiredStep() {}

    /// @throws RefusedException when the object has another digest
    static void object(Draft draft, DesiredObject wish) {
        byte[] bytes = ObjectBytes.of(wish.object());
        if (!Digest.of(bytes).equals(wish.digest())) {
            throw new RefusedException("desired object has not the digest that is said of it");
        }
        draft.keep("application/json", bytes);
    }

    static void rendered(Draft draft, DesiredRendered sent) {
        ListParts.forget(draft, sent);
        List<Integer> lacking = ListParts.lacking(draft, sent);
        if (lacking.isEmpty()) {
            whole(draft, ListParts.joined(draft, sent));
        } else {
            String reason =
                    "the list of resources of revision "
                            + sent.revision().id()
                            + " is not complete: of its "
                            + sent.parts().size()
                            + " parts these did not come: "
                            + lacking;
            stale(draft, sent.application(), sent.observedAt(), reason);
        }
    }

    private static void whole(Draft draft, DesiredRendered news) {
        if (unconfigured(draft, news.application())) {
            byte[] late = ObjectBytes.of(RenderedList.of(news.resources()));
            entry(draft, news, draft.keep("application/json", late));
            return;
        }
        ApplicationRow known = draft.state().applications().get(news.application());
        ApplicationRow row = known == null ? ApplicationRow.added(news.application()) : known;
        if (row.stale().staleReason() != null) {
            fresh(draft, news.application());
            row = row.with(ApplicationRow.Stale.NOT);
        }
        ApplicationRow.Source source = row.source();
        byte[] list = ObjectBytes.of(RenderedList.of(news.resources()));
        Digest digest = Digest.of(list);
        if (news.revision().equals(row.head())
                && news.problems().equals(source.problems())
                && Objects.equals(news.rules(), file(source.rules()))
                && source.rendered().getFirst().list().equals(digest)) {
            return;
        }
        entry(draft, news, draft.keep("application/json", list));
        SortedSet<String> before = draft.state().members().namespaces(news.application());
        boolean allRendered = Unmanaged.allRendered(draft.state());
        String hidden = known == null ? null : known.hidden();
        Instant knownAt = source.knownAt() == null ? draft.observedAt() : source.knownAt();
        Row.Rendered newest = new Row.Rendered(news.revision(), digest);
        ApplicationRow now =
                row.with(
                        new ApplicationRow.Source(
                                news.revision(),
                                remembered(draft, source, newest),
                                news.problems(),
                                knownAt,
                                Ruling.next(source.rules(), news.rules(), draft.now())));
        draft.put(now);
        boolean ruled = !Objects.equals(source.rules(), now.rules());
        rewritten(draft, news, row);
        unread(draft, now, new Cause.Desired(news.revision()));
        Set<ResourceKey> changed = members(draft, news);
        if (ruled) {
            draft.review(news.application());
            draft.state()
                    .members()
                    .of(news.application())
                    .forEach(member -> changed.add(member.key()));
        }
        judge(draft, news, changed);
        Cause cause = new Cause.Desired(news.revision());
        if (!allRendered && Unmanaged.allRendered(draft.state())) {
            for (ApplicationId id : List.copyOf(draft.state().applications().keySet())) {
                Unmanaged.namespaces(draft, id, cause);
            }
        } else if (ruled
                || !changed.isEmpty()
                || !Objects.equals(hidden, now.hidden())
                || !before.equals(draft.state().members().namespaces(news.application()))) {
            Unmanaged.namespaces(draft, news.application(), cause);
        }
    }

    private static @Nullable Digest file(@Nullable Ruling ruling) {
        return ruling == null ? null : ruling.file();
    }

    /// Whether the settings name no such application: what still arrives about it is told by its
    /// entry and changes nothing.
    private static boolean unconfigured(Draft draft, ApplicationId application) {
        return draft.state().settings() != null && draft.state().configured(application) == null;
    }

    private static void entry(Draft draft, DesiredRendered news, Entry.BlobRef list) {
        Statement statement =
                new Statement(EntryType.DESIRED_RENDERED, Statement.Source.DESIRED)
                        .blob(list)
                        .digest(Judge.IGNORE, news.rules())
                        .correlation(news.revision().id());
        ObjectNode body = statement.body();
        body.put("application", news.application().id());
        body.set("revision", Revisions.json(news.revision()));
        body.put("resourcesCount", news.resources().size());
        ArrayNode problems = body.putArray("problems");
        for (RenderProblem problem : news.problems()) {
            if (problems.size() < draft.limits().problemsCount()) {
                problems.addObject()
                        .put("file", shortened(problem.file()))
                        .put("message", shortened(problem.message()));
            }
        }
        body.put("problemsCount", news.problems().size()).put("rewritten", news.rewritten());
        draft.write(statement);
    }

    private static String shortened(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }

    private static List<Row.Rendered> remembered(
            Draft draft, ApplicationRow.Source source, Row.Rendered head) {
        List<Row.Rendered> rendered = new ArrayList<>();
        rendered.add(head);
        for (Row.Rendered old : source.rendered()) {
            if (rendered.size() < draft.limits().renderingsCount()
                    && !old.revision().id().equals(head.revision().id())) {
                rendered.add(old);
            }
        }
        return rendered;
    }

    /// A rewritten history is a finding until a later head descends from the one before it.
    private static void rewritten(Draft draft, DesiredRendered news, ApplicationRow row) {
        Cause cause = new Cause.Desired(news.revision());
        if (news.rewritten()) {
            String from = row.head() == null ? "the former head" : row.head().id();
            Findings.raise(
                    draft,
                    Findings.Target.of(news.application()),
                    Claim.because(
                            Claim.REWRITTEN,
                            Severity.HIGH,
                            from + " is no ancestor of " + news.revision().id()),
                    cause);
            return;
        }
        for (Row.Finding finding : draft.state().findings().about(news.application(), null)) {
            if (finding.open()
                    && finding.kind().equals(Claim.REWRITTEN)
                    && !news.revision().equals(row.head())) {
                Findings.end(draft, finding, cause);
            }
        }
    }

    /// What was not read, or cannot be used, is a finding about the application until all is: that
    /// is why its verdict is unknown.
    private static void unread(Draft draft, ApplicationRow row, Cause cause) {
        String told = row.unread();
        if (told != null) {
            Findings.raise(
                    draft,
                    Findings.Target.of(row.id()),
                    Claim.because(Claim.UNKNOWN, Severity.MEDIUM, told),
                    cause);
            return;
        }
        for (Row.Finding finding : draft.state().findings().about(row.id(), null)) {
            if (finding.open() && finding.kind().equals(Claim.UNKNOWN)) {
                Findings.end(draft, finding, cause);
            }
        }
    }

    /// Gives the members the head's wishes and returns those whose wish changed.
    private static Set<ResourceKey> members(Draft draft, DesiredRendered news) {
        Set<ResourceKey> named = new HashSet<>();
        Set<ResourceKey> changed = new HashSet<>();
        for (DesiredResource wish : news.resources()) {
            named.add(wish.key());
            Row.Member old = draft.state().members().find(news.application(), wish.key());
            Row.Member now = wished(news.application(), wish, old);
            if (!now.equals(old)) {
                changed.add(wish.key());
                draft.put(now);
            }
        }
        for (Row.Member member : draft.state().members().of(news.application())) {
            if (!named.contains(member.key())) {
                Row.Member now = unnamed(member, news.problems());
                if (!now.equals(member)) {
                    changed.add(member.key());
                    draft.put(now);
                }
            }
        }
        return changed;
    }

    private static Row.Member wished(
            ApplicationId application, DesiredResource wish, Row.@Nullable Member old) {
        return new Row.Member(
                application,
                wish.key(),
                wish.apiVersion(),
                wish.file(),
                old == null ? null : old.applied(),
                wish.digest(),
                old == null ? List.of() : old.former(),
                null,
                old == null ? Standing.UNKNOWN : old.standing(),
                old == null ? Observation.NOT_YET : old.reason(),
                old == null ? null : old.ruled());
    }

    /// What a broken file held is unknown, and so is what no file names while one could not be
    /// read, for that one may name it now. What is in no file at all is to go.
    private static Row.Member unnamed(Row.Member member, List<RenderProblem> problems) {
        for (RenderProblem problem : problems) {
            if (file(problem.file()).equals(file(member.file()))) {
                return member.withHead(
                        member.head(),
                        SafeJson.text(problem.file() + ": " + shortened(problem.message())));
            }
        }
        for (RenderProblem problem : problems) {
            if (!problem.harmless()) {
                String told =
                        "may be named in what was not read: "
                                + problem.file()
                                + ": "
                                + shortened(problem.message());
                return member.withHead(member.head(), SafeJson.text(told));
            }
        }
        return member.withHead(null, null);
    }

    private static String file(String fileAndDocument) {
        int at = fileAndDocument.lastIndexOf('#');
        return at < 0 ? fileAndDocument : fileAndDocument.substring(0, at);
    }

    private static void judge(Draft draft, DesiredRendered news, Set<ResourceKey> changed) {
        ApplicationRow row = draft.state().applications().get(news.application());
        Cause cause = new Cause.Desired(news.revision());
        if (row == null || !row.bootstrapped()) {
            Applications.settle(draft, news.application(), cause);
            return;
        }
        for (Row.Member member : draft.state().members().of(news.application())) {
            if (changed.contains(member.key()) || member.pending()) {
                Row.Member now = Arrival.check(draft, member, null);
                if (!now.equals(member)) {
                    draft.put(now);
                }
                Judge.member(draft, now, cause);
                claimed(draft, member.key(), cause);
            }
        }
        Applications.progress(draft, news.application(), cause);
    }

    /// What an application names now is nobody's no more.
    private static void claimed(Draft draft, ResourceKey key, Cause cause) {
        Row.Resource row = draft.state().resources().find(key);
        if (row != null) {
            Unmanaged.clear(draft, row, cause);
        }
    }

    static void stale(Draft draft, DesiredStale news) {
        stale(draft, news.application(), news.since(), SafeJson.text(news.reason()));
    }

    private static void stale(
            Draft draft, ApplicationId application, @Nullable Instant since, String reason) {
        ApplicationRow known = draft.state().applications().get(application);
        ApplicationRow row = known == null ? ApplicationRow.added(application) : known;
        if (reason.equals(row.stale().staleReason())) {
            return;
        }
        ApplicationRow now = row.with(new ApplicationRow.Stale(reason, since));
        boolean followed = !unconfigured(draft, application);
        if (followed) {
            draft.put(now);
        }
        Statement statement = new Statement(EntryType.DESIRED_STALE, Statement.Source.DESIRED);
        statement.body().put("application", application.id());
        if (since != null) {
            statement.body().put("since", Rfc3339.format(since));
        }
        statement.body().put("reason", reason);
        draft.write(statement);
        if (followed && now.head() == null) {
            unread(draft, now, new Cause.Other("the source could not be read"));
        }
    }

    static void fresh(Draft draft, DesiredFresh news) {
        ApplicationRow row = draft.state().applications().get(news.application());
        if (row != null && row.stale().staleReason() != null) {
            draft.put(row.with(ApplicationRow.Stale.NOT));
            draft.touch(news.application());
            fresh(draft, news.application());
        }
    }

    private static void fresh(Draft draft, ApplicationId application) {
        Statement statement = new Statement(EntryType.DESIRED_FRESH, Statement.Source.DESIRED);
        statement.body().put("application", application.id());
        draft.write(statement);
    }
}
