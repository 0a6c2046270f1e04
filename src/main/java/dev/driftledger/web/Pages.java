package dev.driftledger.web;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.driftledger.drift.Owner;
import dev.driftledger.drift.Severity;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.store.LogSummary;
import dev.driftledger.store.Page;
import dev.driftledger.store.Recorded;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The pages, each a template with the record that it shows.
@CheckedTemplate(basePath = "")
final class Pages {
    private Pages() {}

    static native TemplateInstance home(Home page);

    static native TemplateInstance application(Application page);

    static native TemplateInstance findings(Findings page);

    static native TemplateInstance finding(Finding page);

    static native TemplateInstance resource(Resource page);

    static native TemplateInstance why(Why page);

    static native TemplateInstance entry(EntryPage page);

    static native TemplateInstance logs(Logs page);

    static native TemplateInstance checkpoints(Checkpoints page);

    static native TemplateInstance coverage(Coverage page);

    static native TemplateInstance sandbox(Sandbox page);

    static native TemplateInstance problem(Problem page);

    static native TemplateInstance problems(Problems page);

    static native TemplateInstance files(Files page);

    /// All applications.
    ///
    /// @param severities open findings by application id, then by severity, worst first
    record Home(
            Frame frame,
            List<ApplicationView> applications,
            Map<String, List<Tally>> severities,
            Turn turn) {
        /// Open findings of one application, by severity.
        public List<Tally> severities(String application) {
            return severities.getOrDefault(application, List.of());
        }

        /// How many have a verdict.
        public long count(String verdict) {
            return applications.stream().filter(a -> a.verdict().value().equals(verdict)).count();
        }
    }

    /// How many findings have a severity.
    record Tally(Mark severity, long count) {
        /// Findings counted by application id, then by severity, worst first.
        static Map<String, List<Tally>> byApplication(List<FindingView> findings) {
            Map<String, List<Tally>> tallies = new TreeMap<>();
            for (Severity severity : Arrays.asList(Severity.values()).reversed()) {
                Map<String, Long> counts =
                        findings.stream()
                                .filter(f -> f.application() != null)
                                .filter(f -> f.severity().value().equals(severity.label()))
                                .collect(groupingBy(FindingView::application, counting()));
                counts.forEach((application, count) ->
                        tallies.computeIfAbsent(application, _ -> new ArrayList<>())
                                .add(new Tally(Mark.severity(severity.label()), count)));
            }
            return tallies;
        }
    }

    /// Turning the pages of a list.
    ///
    /// @param shown how many items are on this page
    /// @param next address of the next page; null on the last
    record Turn(long shown, long totalSize, long asOf, @Nullable String next) {
        static Turn of(Page<?> page, UriInfo uri) {
            return new Turn(
                    page.items().size(), page.totalSize(), page.asOf(), Listing.next(page, uri));
        }
    }

    /// One application.
    ///
    /// @param effects what the platform made up for its resources, newest first
    record Application(
            Frame frame,
            ApplicationView application,
            List<ResourceView> resources,
            List<FindingView> findings,
            List<EffectView> effects,
            @Nullable String allFindings) {
        /// The resources of which ignore rules hide something.
        public List<ResourceView> hidden() {
            return resources.stream().filter(each -> !each.ignored().isEmpty()).toList();
        }
    }

    /// One application that one can ask for.
    ///
    /// @param id public id
    record Choice(String id, String label, boolean chosen) {
        /// These applications, and the chosen one even when it is not among them.
        static List<Choice> of(List<Recorded> snapshots, @Nullable String chosen) {
            List<Choice> choices = new ArrayList<>();
            for (Recorded snapshot : snapshots) {
                String within = Body.of(snapshot.entry()).text("application");
                String id = PublicId.of(snapshot.entry().cluster().uid(), within);
                choices.add(new Choice(id, ApplicationName.of(within), id.equals(chosen)));
            }
            boolean listed = choices.stream().anyMatch(Choice::chosen);
            if (!listed && chosen != null && !chosen.isEmpty()) {
                String within = chosen.substring(chosen.indexOf(':') + 1);
                choices.add(new Choice(chosen, ApplicationName.of(within), true));
            }
            return choices;
        }
    }

    /// Findings, filtered.
    ///
    /// @param applications that one can ask for
    record Findings(
            Frame frame,
            FindingFilters filters,
            List<Choice> applications,
            List<FindingView> findings,
            Turn turn) {
        /// The types of owner that one can ask for.
        public List<String> owners() {
            return Arrays.stream(Owner.Type.values()).map(Owner.Type::label).toList();
        }
    }

    /// One finding.
    ///
    /// @param versions everything the log says about it, newest first
    /// @param siblings what else is open about the same resource
    record Finding(
            Frame frame,
            FindingView finding,
            List<FindingView> versions,
            List<FindingView> siblings) {
        /// What opened it first.
        public FindingView first() {
            return versions.getLast();
        }
    }

    /// Why one resource's verdict is what it is.
    record Why(Frame frame, ClusterView cluster, ResourceKey resource, ExplanationView told) {
        /// As a mark: templates see public methods only.
        public Mark verdict() {
            return Mark.verdict(told.verdict());
        }
    }

    /// The history of one resource.
    ///
    /// @param told why its verdict is what it is; null where that cannot be told
    /// @param effects what the platform made up for it, newest first
    record Resource(
            Frame frame,
            ClusterView cluster,
            ResourceKey resource,
            @Nullable ExplanationView told,
            List<EffectView> effects,
            List<EntryView> entries,
            Turn turn) {
        /// Its verdict; null where it cannot be told.
        public @Nullable Mark verdict() {
            return told == null ? null : Mark.verdict(told.verdict());
        }
    }

    /// One entry and its proof.
    ///
    /// @param json the entry, indented for reading
    /// @param hasNext whether the log has an entry after it
    /// @param proof null while no checkpoint covers the entry
    /// @param picture null with `proof`
    record EntryPage(
            Frame frame,
            ClusterView cluster,
            EntryView entry,
            String json,
            boolean hasNext,
            @Nullable ProofWalk proof,
            @Nullable CheckpointView checkpoint,
            @Nullable String picture) {
        static EntryPage of(
                Frame frame, LogSummary log, Recorded entry, Proofs.@Nullable Proven proven) {
            ProofWalk walk = proven == null ? null : proven.walk(entry);
            return new EntryPage(
                    frame,
                    ClusterView.of(log.cluster()),
                    EntryView.of(entry),
                    EntryView.indented(entry.entry()),
                    entry.index() + 1 < log.size(),
                    walk,
                    proven == null ? null : CheckpointView.of(proven.checkpoint()),
                    walk == null ? null : ProofPicture.svg(walk));
        }

        /// How a proof that holds is marked.
        public Mark held() {
            return new Mark("proven", "Proven", "good", Mark.CHECK);
        }

        /// How a proof that does not hold is marked.
        public Mark refuted() {
            return new Mark("refuted", "Refuted", "bad", Mark.CROSS);
        }

        /// The entry before.
        public long previous() {
            return entry.index() - 1;
        }

        /// The entry after.
        public long next() {
            return entry.index() + 1;
        }
    }

    /// All logs.
    ///
    /// @param server the address by which this service was asked, without a slash at its end
    record Logs(Frame frame, List<LogView> logs, String server) {}

    /// One log's checkpoints.
    ///
    /// @param server as with [Logs]
    record Checkpoints(
            Frame frame, LogView log, List<CheckpointView> checkpoints, Turn turn, String server) {}

    /// Coverage of all clusters.
    record Coverage(Frame frame, List<ClusterCoverage> clusters) {}

    /// Coverage of one cluster.
    ///
    /// @param gaps every gap of the range
    record ClusterCoverage(CoverageView view, List<TypeStrip> types, List<Gap> gaps) {}

    /// The strip of one type, or of several that were watched alike.
    ///
    /// @param label the type's path, or how many there are
    /// @param paths of several types; empty for one
    /// @param sentence true of each of them
    record TypeStrip(String label, List<String> paths, String svg, String sentence) {}

    /// One gap and the types that it is about.
    record Gap(Span span, List<String> paths) {
        /// Whether its types are too many to show at once.
        public boolean many() {
            return paths.size() > 3;
        }
    }

    /// The sandbox's life.
    record Sandbox(Frame frame, List<LifeSource.Step> steps) {}

    /// A problem, for people.
    record Problem(Frame frame, int status, String title, String detail) {}

    /// What each type of problem means.
    record Problems(Frame frame, ProblemTypes types) {}

    /// Some of the files of a log.
    ///
    /// @param files relative to the log
    /// @param next address of the page with further ones; null on the last
    record Files(Frame frame, LogView log, List<String> files, @Nullable String next) {}
}
