package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.drift.Difference;
import dev.driftledger.drift.Owner;
import dev.driftledger.drift.Severity;
import dev.driftledger.drift.Verdict;
import dev.driftledger.model.Digest;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a judgement says is wrong now; it opens or continues a finding.
///
/// @param kind class of the finding, such as `changed`
/// @param path field; null when it is about the whole
/// @param digests what the statement rests on
record Claim(
        String kind,
        @Nullable String path,
        @Nullable JsonNode desired,
        @Nullable JsonNode live,
        Owner owner,
        Severity severity,
        @Nullable String rule,
        @Nullable String certainty,
        @Nullable String reason,
        SortedMap<String, Digest> digests) {
    static final String MISSING = "missing";
    static final String UNMANAGED = "unmanaged";
    static final String EXTRA = "extra";
    static final String PENDING = "pending";
    static final String ERASED = "ownership-erased";
    static final String UNKNOWN = "unknown";
    static final String REWRITTEN = "history-rewritten";
    static final String RULE_PROBLEM = "rule-problem";

    static Claim of(
            Difference difference, Verdict.Certainty certainty, SortedMap<String, Digest> digests) {
        return new Claim(
                difference.kind().label(),
                SafeJson.text(difference.path()),
                difference.desired(),
                difference.live(),
                difference.owner(),
                difference.severity(),
                difference.rule(),
                certainty.label(),
                null,
                digests);
    }

    static Claim whole(String kind, Owner owner, Severity severity) {
        return new Claim(
                kind, null, null, null, owner, severity, null, null, null, new TreeMap<>());
    }

    static Claim because(String kind, Severity severity, String reason) {
        return new Claim(
                kind,
                null,
                null,
                null,
                Owner.UNKNOWN,
                severity,
                null,
                null,
                SafeJson.text(reason),
                new TreeMap<>());
    }

    Claim with(Owner other, SortedMap<String, Digest> rests) {
        return new Claim(
                kind, path, desired, live, other, severity, rule, certainty, reason, rests);
    }

    Claim as(String otherKind, @Nullable String otherRule) {
        return new Claim(
                otherKind, path, desired, live, owner, severity, otherRule, certainty, reason,
                digests);
    }
}
