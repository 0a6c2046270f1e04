package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Comparator;
import dev.driftledger.drift.Comparison;
import dev.driftledger.drift.Difference;
import dev.driftledger.drift.Verdict;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.ObjectBytes;
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
            boolean there = walk.isLive(key);
            add(
                    entry,
                    subject,
                    there ? Result.FAIL : Result.PASS,
                    there ? "the log holds a live object" : "");
        } else if (body == null) {
            add(entry, subject, Result.NOT_CHECKED, "its whole body is not there");
        } else if (DIFFERENCES.contains(kind)) {
            difference(entry, body, key, subject);
        } else {
            add(entry, subject, Result.NOT_CHECKED, kind + " rests on history");
        }
    }

    private void difference(Entry entry, ObjectNode body, ResourceKey key, String subject) {
        ObjectNode desired = walk.object(entry.digests().get("desired"));
        ObjectNode live = walk.object(entry.digests().get("live"));
        if (desired == null || live == null) {
            add(entry, subject, Result.NOT_CHECKED, "content of desired or live is not there");
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
                                former,
                                walk.applier(sides.application()),
                                related,
                                walk.schemas(),
                                walk.managers(),
                                walk.rules(sides.application()))
                        .withSeverities(walk.severities())
                        .withAuthors(walk.authors(sides.application(), sides.key())));
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
        ObjectNode desired = walk.object(Digest.ofHex(row.path("desired").asText()));
        ObjectNode live = walk.object(Digest.ofHex(row.path("live").asText()));
        if (desired == null || live == null) {
            add(
                    entry,
                    key.display(),
                    Result.NOT_CHECKED,
                    "content of desired or live is not there");
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
}
