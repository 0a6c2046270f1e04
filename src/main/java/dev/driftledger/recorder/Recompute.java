package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Comparator;
import dev.driftledger.drift.Comparison;
import dev.driftledger.drift.Difference;
import dev.driftledger.drift.OneSide;
import dev.driftledger.drift.Ownership;
import dev.driftledger.drift.Verdict;
import dev.driftledger.drift.rules.Whole;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Computes the verdicts of a log again, from the content that its entries name, and compares.
///
/// Who did it is not computed again: that rests on the order of observations.
public final class Recompute {
    private static final Set<String> DIFFERENCES =
            Set.of("changed", "removed", "extra-owned", "overlay");

    private static final String ABSENT = "content of desired or live is not there";
    private static final String LIVE = "the log holds a live object";

    private final LogWalk walk;
    private final List<Outcome> outcomes = new ArrayList<>();

    private Recompute(BlobSource blobs) {
        this.walk = new LogWalk(blobs);
    }

    /// How computing a verdict again came out.
    public enum Result {
        /// The same verdict.
        PASS,
        /// Another verdict.
        FAIL,
        /// It could not be computed.
        NOT_CHECKED
    }

    /// One verdict computed again.
    ///
    /// @param entry id of the entry that states it
    /// @param subject resource, and field where there is one
    /// @param detail what is different, or why it was not checked; empty when it passed
    public record Outcome(String entry, String subject, Result result, String detail) {}

    /// Checks every verdict of a log.
    ///
    /// @param entries from the first on, in order
    /// @return one outcome for each verdict, in order
    public static List<Outcome> check(Iterable<Entry> entries, BlobSource blobs) {
        Recompute recompute = new Recompute(blobs);
        for (Entry entry : entries) {
            recompute.entry(entry);
        }
        return List.copyOf(recompute.outcomes);
    }

    /// A finding is checked by what the log held before it: it is no evidence of itself.
    private void entry(Entry entry) {
        boolean finding =
                entry.type() == EntryType.FINDING_OPENED
                        || entry.type() == EntryType.FINDING_UPDATED;
        if (!finding) {
            walk.follow(entry);
        }
        check(entry, finding);
        if (finding) {
            walk.follow(entry);
        }
    }

    private void check(Entry entry, boolean finding) {
        if (!finding && entry.type() != EntryType.SNAPSHOT) {
            return;
        }
        boolean ours = entry.source().version().equals(Recorder.ENGINE_VERSION);
        if (!ours) {
            add(
                    entry,
                    entry.type().wireName(),
                    Result.NOT_CHECKED,
                    "made by engine "
                            + entry.source().version()
                            + ", this is "
                            + Recorder.ENGINE_VERSION);
        }
        if (!finding) {
            snapshot(entry, ours);
        } else if (ours) {
            finding(entry);
        }
    }

    private void add(Entry entry, String subject, Result result, String detail) {
        outcomes.add(new Outcome(entry.id(), subject, result, detail));
    }

    private void finding(Entry entry) {
        Entry.Subject about = entry.subject();
        if (entry.body() == null || about == null) {
            return;
        }
        String kind = entry.body().path("class").asText();
        ResourceKey key =
                new ResourceKey(about.group(), about.kind(), about.namespace(), about.name());
        ObjectNode body = walk.body(entry);
        String path = body == null ? "" : body.path("path").asText();
        String subject = key.display() + " " + path;
        if (kind.equals(Claim.MISSING)) {
            missing(entry, key, subject);
        } else if (body == null) {
            add(entry, subject, Result.NOT_CHECKED, "its whole body is not there");
        } else if (DIFFERENCES.contains(kind)) {
            difference(entry, body, key, subject);
        } else {
            add(entry, subject, Result.NOT_CHECKED, kind + " rests on history");
        }
    }

    private void missing(Entry entry, ResourceKey key, String subject) {
        ObjectNode desired = walk.object(entry.digests().get("desired"));
        JsonNode application = entry.body() == null ? null : entry.body().get("application");
        if (walk.isLive(key)) {
            add(entry, subject, Result.FAIL, LIVE);
        } else if (desired != null
                && application != null
                && isHidden(ApplicationId.ofId(application.asText()), Whole.MISSING, desired)) {
            add(entry, subject, Result.FAIL, "computed again: ignored");
        } else {
            add(entry, subject, Result.PASS, "");
        }
    }

    /// Whether a rule that was in force hides what is wrong with an object on one side.
    private boolean isHidden(ApplicationId application, Whole whole, ObjectNode object) {
        Verdict plain =
                switch (whole) {
                    case MISSING -> new Verdict.Missing();
                    case EXTRA -> new Verdict.Extra(Ownership.creator(object, walk.managers()));
                    case UNMANAGED ->
                            new Verdict.Unmanaged(Ownership.creator(object, walk.managers()));
                };
        return OneSide.judge(walk.rules(application), plain, object).verdict()
                instanceof Verdict.Ignored;
    }

    private void difference(Entry entry, ObjectNode body, ResourceKey key, String subject) {
        ObjectNode desired = walk.object(entry.digests().get("desired"));
        ObjectNode live = walk.object(entry.digests().get("live"));
        if (desired == null || live == null) {
            add(entry, subject, Result.NOT_CHECKED, ABSENT);
            return;
        }
        ApplicationId application = ApplicationId.ofId(body.path("application").asText());
        Verdict verdict =
                compare(
                        new Sides(application, key, desired, live),
                        walk.named(entry, "former"),
                        walk.named(entry, "related"));
        String version = Contents.version(live.path("apiVersion").asText());
        Digest schema = walk.schemas().digest(key.group(), version, key.kind());
        Ruling ruling = walk.ruling(application);
        Digest file = ruling == null ? null : ruling.file();
        if (!Objects.equals(schema, entry.digests().get("schema"))) {
            add(entry, subject, Result.FAIL, "the schema in force was " + schema);
        } else if (!Objects.equals(file, entry.digests().get(Judge.IGNORE))) {
            add(entry, subject, Result.FAIL, "the ignore rules in force were " + file);
        } else if (verdict instanceof Verdict.Drifted drifted && holds(drifted, body)) {
            add(entry, subject, Result.PASS, "");
        } else {
            add(entry, subject, Result.FAIL, "computed again: " + summary(verdict));
        }
    }

    private record Sides(
            ApplicationId application, ResourceKey key, ObjectNode desired, ObjectNode live) {}

    private Verdict compare(Sides sides, List<ObjectNode> former, List<ObjectNode> related) {
        return Comparator.compare(
                new Comparison(
                        sides.desired(),
                        sides.live(),
                        new Comparison.Background(
                                        former, walk.applier(sides.application()), related)
                                .by(walk.authors(sides.application(), sides.key())),
                        walk.criteria(sides.application())));
    }

    private boolean holds(Verdict.Drifted drifted, ObjectNode body) {
        for (Difference difference : drifted.differences()) {
            if (SafeJson.text(difference.path()).equals(body.path("path").asText())
                    && difference.severity().label().equals(body.path("severity").asText())
                    && same(difference.desired(), body.get("desired"))
                    && same(difference.live(), body.get("live"))) {
                return true;
            }
        }
        return false;
    }

    private boolean same(@Nullable JsonNode value, @Nullable JsonNode stated) {
        return OpenFindings.isStated(value, stated, walk.limits().valueMaxBytes());
    }

    private static String summary(Verdict verdict) {
        return switch (verdict) {
            case Verdict.InSync _ -> "in sync";
            case Verdict.Ignored _ -> "ignored";
            case Verdict.Drifted(List<Difference> differences, _, _) ->
                    "drifted in " + differences.stream().map(Difference::path).toList();
            case Verdict.Missing _ -> "missing";
            case Verdict.Unmanaged _ -> "unmanaged";
            case Verdict.Extra _ -> "extra";
            case Verdict.Unknown(String reason) -> "unknown: " + reason;
        };
    }

    private static String label(Verdict verdict) {
        return switch (verdict) {
            case Verdict.InSync _ -> Standing.IN_SYNC.label();
            case Verdict.Ignored _ -> Standing.IGNORED.label();
            case Verdict.Drifted _ -> Standing.DRIFTED.label();
            case Verdict.Missing _, Verdict.Unmanaged _, Verdict.Extra _, Verdict.Unknown _ ->
                    Standing.UNKNOWN.label();
        };
    }

    /// @param ours whether to check it; what was applied is noted in any case
    private void snapshot(Entry entry, boolean ours) {
        JsonNode rows = entry.blob() == null ? null : walk.json(entry.blob().sha256());
        if (entry.body() == null || rows == null) {
            if (ours) {
                add(entry, "snapshot", Result.NOT_CHECKED, "its list is not there");
            }
            return;
        }
        ApplicationId application = ApplicationId.ofId(entry.body().path("application").asText());
        for (JsonNode row : rows) {
            ResourceKey key = ResourceKey.ofId(row.path("resource").asText());
            List<ObjectNode> former = walk.former(application, key, row);
            String verdict = row.path("verdict").asText();
            boolean computed =
                    verdict.equals(Standing.IN_SYNC.label())
                            || verdict.equals(Standing.IGNORED.label())
                            || verdict.equals(Standing.DRIFTED.label());
            if (ours && computed) {
                row(entry, application, row, former);
            }
        }
    }

    private void row(
            Entry entry, ApplicationId application, JsonNode row, List<ObjectNode> former) {
        ResourceKey key = ResourceKey.ofId(row.path("resource").asText());
        for (Whole whole : Whole.values()) {
            if (row.path("ignored").path(0).path("whole").asText().equals(whole.label())) {
                oneSide(entry, application, row, whole);
                return;
            }
        }
        ObjectNode desired = side(row, "desired");
        ObjectNode live = side(row, "live");
        if (desired == null || live == null) {
            add(entry, key.display(), Result.NOT_CHECKED, ABSENT);
            return;
        }
        Sides sides = new Sides(application, key, desired, live);
        Verdict verdict = compare(sides, former, walk.scalers(key));
        boolean same = row.path("verdict").asText().equals(label(verdict));
        add(
                entry,
                key.display(),
                same ? Result.PASS : Result.FAIL,
                same ? "" : "computed again: " + summary(verdict));
    }

    private @Nullable ObjectNode side(JsonNode row, String name) {
        return row.has(name) ? walk.object(Digest.ofHex(row.path(name).asText())) : null;
    }

    /// That the resource is on one side only rests on history; that a rule hides it does not.
    private void oneSide(Entry entry, ApplicationId application, JsonNode row, Whole whole) {
        ResourceKey key = ResourceKey.ofId(row.path("resource").asText());
        String wanted = row.has("head") ? "head" : "desired";
        ObjectNode object = side(row, whole == Whole.MISSING ? wanted : "live");
        if (object == null) {
            add(entry, key.display(), Result.NOT_CHECKED, ABSENT);
        } else if (whole == Whole.MISSING && walk.isLive(key)) {
            add(entry, key.display(), Result.FAIL, LIVE);
        } else if (isHidden(application, whole, object)) {
            add(entry, key.display(), Result.PASS, "");
        } else {
            add(entry, key.display(), Result.FAIL, "computed again: " + whole.label());
        }
    }
}
