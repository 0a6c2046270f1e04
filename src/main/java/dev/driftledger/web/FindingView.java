package dev.driftledger.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.driftledger.drift.Severity;
import dev.driftledger.ledger.Entry;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.store.Recorded;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// One version of a finding: what one entry of the log says about it.
///
/// @param id 32 hex digits, stable for the finding's life
/// @param kind such as `changed` or `missing`
/// @param application `<cluster uid>:reconciler:namespace:name`; null when it belongs to none
/// @param resource null when it is about an application as a whole
/// @param path the field; null when the whole resource is meant
/// @param desired what git says; null when it says nothing
/// @param live what the cluster has; null when it has nothing
/// @param changes in which respects it is not what the version before said: `reopened`, `worse`,
///     `milder`, `owner`, `live`, `desired`, `grounds`; empty when it opened or ended
/// @param resolution how it ended; null while it is open
/// @param index which entry of the log says this
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record FindingView(
        String id,
        ClusterView cluster,
        @JsonProperty("class") String kind,
        @Schema(
                        implementation = String.class,
                        enumeration = {"open", "resolved"})
                Mark state,
        @Schema(
                        implementation = String.class,
                        enumeration = {"info", "low", "medium", "high", "critical"})
                Mark severity,
        @Nullable String application,
        @Nullable ResourceKey resource,
        @Nullable String path,
        @Nullable JsonNode desired,
        @Nullable JsonNode live,
        OwnerView owner,
        Grounds grounds,
        long count,
        @Nullable Stamp openedAt,
        List<String> changes,
        @Nullable Resolution resolution,
        Stamp observedAt,
        Stamp recordedAt,
        long index) {
    FindingView {
        changes = List.copyOf(changes);
    }

    /// The mildest first; no other severity is among them.
    private static final List<String> RANKS =
            Arrays.stream(Severity.values()).map(Severity::label).toList();

    /// The worst first, else as they come.
    static final Comparator<FindingView> WORST_FIRST =
            Comparator.comparingInt((FindingView each) -> RANKS.indexOf(each.severity().value()))
                    .reversed();

    /// What the statement rests on.
    ///
    /// @param rule name of the rule that decided
    /// @param certainty `schema`, `structural` or `version-skew`
    /// @param applied the revision that was applied
    /// @param head the revision that git held
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Grounds(
            @Nullable String reason,
            @Nullable String rule,
            @Nullable String certainty,
            @Nullable String applied,
            @Nullable String head) {}

    /// How a finding ended.
    ///
    /// @param by `reconciler`, `human`, `controller`, `commit`, `deletion`, `rule`,
    ///     `configuration`, `unconfigured` or `unknown`
    /// @param rule the ignore rule that hides it; null when something else ended it
    /// @param reason what led to it where nobody wrote anything, or why the rule hides it; null
    ///     where somebody wrote, or gave no reason
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Resolution(
            String by,
            @Nullable String manager,
            @Nullable String user,
            @Nullable String revision,
            @Nullable String rule,
            @Nullable String reason,
            @Nullable Stamp at) {

        /// Whether nobody resolved it: its application is configured no more.
        public boolean unconfigured() {
            return by.equals("unconfigured");
        }

        /// How it ended in a few words: `Resolved by alice via kubectl-edit`.
        String ending() {
            if (rule != null) {
                return "Hidden by the rule " + rule;
            }
            return (commit() ? "Ended by a commit of " : "Resolved by ") + words();
        }

        /// Whether a commit ended it: git came to want what runs.
        public boolean commit() {
            return by.equals("commit");
        }

        /// Who and how, as far as it is known: `alice via kubectl-edit`, `shop-ci`, `commit`.
        public String words() {
            if (user != null) {
                return manager == null ? user : user + " via " + manager;
            }
            return manager == null ? sortWords() : manager;
        }

        /// Which sort of actor, where the name does not say it already; else null.
        public @Nullable String sort() {
            return user == null && manager == null ? null : sortWords();
        }

        /// A pipeline that applies is no reconciler to those who run it.
        private String sortWords() {
            return by.equals("reconciler") ? "what applies the application" : by;
        }

        /// The revision's first ten digits; null with `revision`.
        public @Nullable String shortRevision() {
            return revision == null ? null : RevisionView.shortened(revision);
        }
    }

    static FindingView of(Recorded recorded) {
        Entry entry = recorded.entry();
        Body body = Body.of(entry);
        String application = body.textOrNull("application");
        String severity = body.text("severity");
        Resolution resolution =
                body.has("resolution") ? resolution(body.object("resolution")) : null;
        return new FindingView(
                body.text("finding"),
                ClusterView.of(entry.cluster()),
                body.text("class"),
                mark(body.text("state"), resolution),
                Mark.severity(severity.isEmpty() ? "info" : severity),
                application == null ? null : PublicId.of(entry.cluster().uid(), application),
                EntryView.resource(entry),
                body.textOrNull("path"),
                body.tree("desired"),
                body.tree("live"),
                OwnerView.of(body.object("owner")),
                grounds(body),
                Math.max(1, body.count("count")),
                body.stamp("openedAt"),
                body.texts("changes"),
                resolution,
                new Stamp(entry.observedAt()),
                new Stamp(entry.recordedAt()),
                recorded.index());
    }

    /// What rules hide is not resolved, nor is what is configured no more.
    private static Mark mark(String state, @Nullable Resolution resolution) {
        if (resolution != null && resolution.unconfigured()) {
            return Mark.unconfigured(state);
        }
        return resolution != null && resolution.rule() != null
                ? Mark.hidden(state)
                : Mark.state(state);
    }

    private static Grounds grounds(Body body) {
        return new Grounds(
                body.textOrNull("reason"),
                body.textOrNull("rule"),
                body.textOrNull("certainty"),
                body.textOrNull("applied"),
                body.textOrNull("head"));
    }

    static Resolution resolution(Body body) {
        return new Resolution(
                body.text("by"),
                body.textOrNull("manager"),
                body.textOrNull("user"),
                body.textOrNull("revision"),
                body.textOrNull("rule"),
                body.textOrNull("reason"),
                body.stamp("at"));
    }

    /// Its class in words.
    public String kindWords() {
        return Mark.words(kind);
    }

    /// Desired value as compact JSON; where there is none, what git says in words.
    public String desiredText() {
        return desired != null ? desired.toString() : whole("present", "absent", grounds.head());
    }

    /// Live value as compact JSON; where there is none, what the cluster has in words.
    public String liveText() {
        if (kind.equals("pending") && resolution != null && applied()) {
            return "an earlier revision";
        }
        return live != null ? live.toString() : whole("absent", "present", grounds.applied());
    }

    /// Whether the head that was waiting is what was applied in the end.
    private boolean applied() {
        return Objects.equals(grounds.applied(), grounds.head());
    }

    private String whole(String missing, String notInGit, @Nullable String revision) {
        return switch (kind) {
            case "missing" -> missing;
            case "unmanaged", "extra" -> notInGit;
            case "pending" ->
                    revision == null
                            ? "unknown revision"
                            : "revision " + RevisionView.shortened(revision);
            default -> "–";
        };
    }

    /// The field, or what is meant where it is no single field.
    public String place() {
        if (path != null) {
            return path;
        }
        return resource != null ? "the whole resource" : "the whole application";
    }

    /// What it is about, in one line.
    public String about() {
        if (resource != null) {
            return resource.display();
        }
        return application == null ? "the whole cluster" : "Application " + within().name();
    }

    /// Its application for people; the empty string when it belongs to none.
    public String applicationName() {
        return application == null ? "" : ApplicationName.of(within());
    }

    private ApplicationId within() {
        return PublicId.application(String.valueOf(application)).within();
    }

    /// Who this version speaks of: who ended it, else who wrote the value.
    public String byWords() {
        if (resolution == null) {
            return owner.shortName();
        }
        return resolution.unconfigured() ? "Nobody" : resolution.ending();
    }

    /// What is new in this version, such as `got worse, changed owner`; empty when it opened or
    /// ended.
    public String changeWords() {
        return changeWords(changes);
    }

    static String changeWords(List<String> changes) {
        return changes.stream()
                .map(change ->
                        switch (change) {
                            case "reopened" -> "came back";
                            case "worse", "milder" -> "got " + change;
                            case "live" -> "changed in the cluster";
                            case "desired" -> "changed in git";
                            default -> "changed " + change;
                        })
                .collect(Collectors.joining(", "));
    }
}
