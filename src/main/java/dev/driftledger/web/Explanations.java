package dev.driftledger.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.driftledger.drift.Explanation;
import dev.driftledger.drift.Hiding;
import dev.driftledger.drift.Step;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.Json;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.Rfc3339;
import dev.driftledger.recorder.Decision;
import dev.driftledger.recorder.Retelling;
import dev.driftledger.recorder.Ruling;
import dev.driftledger.store.ApplicationFilter;
import dev.driftledger.store.LogFilesStore;
import dev.driftledger.store.Page;
import dev.driftledger.store.PageRequest;
import dev.driftledger.store.Queries;
import dev.driftledger.store.Recorded;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Gathers what a verdict rested on at a moment, and has it computed again with every rule told.
@Singleton
final class Explanations {
    private static final PageRequest NEWEST = new PageRequest(1, null);
    private static final PageRequest MANY = new PageRequest(1000, null);
    private static final PageRequest SNAPSHOTS = new PageRequest(20, null);

    private final Queries queries;
    private final LogFilesStore files;

    Explanations(Queries queries, LogFilesStore files) {
        this.queries = queries;
        this.files = files;
    }

    /// A resource of a cluster at a moment; null for now.
    record Asked(String cluster, ResourceKey key, @Nullable Instant at) {}

    /// The row of a snapshot that names a resource.
    ///
    /// @param list all rows of that snapshot
    private record Row(Recorded snapshot, JsonNode list, JsonNode row) {
        ApplicationId application() {
            return ApplicationId.ofId(Body.of(snapshot.entry()).text("application"));
        }

        @Nullable Digest digest(String side) {
            JsonNode hex = row.path(side);
            return hex.isTextual() ? Digest.ofHex(hex.textValue()) : null;
        }

        /// The rule that hides that it is on one side only; empty when none does.
        Optional<HidingView> hiding() {
            return HidingView.list(row.path("ignored")).stream()
                    .filter(each -> each.whole() != null)
                    .findFirst();
        }

        /// The ignore rules by which the snapshot's verdicts were found.
        @Nullable Ruling ruling() {
            Digest file = snapshot.entry().digests().get("ignore");
            Stamp asOf = Body.of(snapshot.entry()).stamp("rulesAsOf");
            return file == null || asOf == null ? null : new Ruling(file, asOf.at());
        }
    }

    /// Why the verdict is what it is.
    ///
    /// @throws Refusal with 404 when the resource was never seen and nobody names it
    Uni<ExplanationView> of(Asked asked) {
        return queries.resourceAt(asked.cluster(), asked.key(), asked.at())
                .flatMap(seen -> rows(asked, seen).map(rows -> new Found(asked, seen, rows)))
                .flatMap(this::of);
    }

    /// What the log holds about a resource.
    ///
    /// @param rows of snapshots that name it, newest first
    private record Found(Asked asked, Optional<Recorded> seen, List<Row> rows) {
        @Nullable Digest live() {
            boolean there =
                    seen.isPresent() && seen.get().entry().type() == EntryType.OBJECT_OBSERVED;
            return there ? seen.get().entry().digests().get("object") : null;
        }

        @Nullable Row row() {
            return rows.isEmpty() ? null : rows.getFirst();
        }

        @Nullable Digest desired() {
            Row row = row();
            return row == null ? null : row.digest("desired");
        }

        List<Digest> former() {
            Digest desired = desired();
            return rows.stream()
                    .map(row -> row.digest("desired"))
                    .filter(Objects::nonNull)
                    .filter(digest -> !Objects.equals(digest, desired))
                    .distinct()
                    .toList();
        }
    }

    private Uni<ExplanationView> of(Found found) {
        Digest desired = found.desired();
        Digest live = found.live();
        Row row = found.row();
        if (row == null && found.seen().isEmpty()) {
            throw Refusal.unknown("Resource", "nobody names it, and it was never seen by then");
        }
        Optional<HidingView> hiding = row == null ? Optional.empty() : row.hiding();
        if (hiding.isPresent() || row == null || desired == null || live == null) {
            return problems(row)
                    .map(told ->
                            hiding.map(each -> hidden(found, told, each))
                                    .orElseGet(() -> oneSided(found, told)));
        }
        Retelling.Question question =
                new Retelling.Question(
                        row.application(),
                        found.asked().key(),
                        desired,
                        live,
                        found.former(),
                        row.ruling());
        return inForce(found)
                .flatMap(entries ->
                        files.blobs(digests(question, entries))
                                .map(blobs ->
                                        Retelling.explain(
                                                question,
                                                entries,
                                                digest -> bytes(blobs.get(digest)))))
                .map(explanation -> retold(found, explanation));
    }

    /// What is wrong with the rules by which the row was judged.
    private Uni<List<Step>> problems(@Nullable Row row) {
        Ruling ruling = row == null ? null : row.ruling();
        if (row == null || ruling == null) {
            return Uni.createFrom().item(List.of());
        }
        return files.blobs(new TreeSet<>(List.of(ruling.file())))
                .map(blobs ->
                        Retelling.problems(
                                row.application(), ruling, digest -> bytes(blobs.get(digest))));
    }

    /// Settings, schemas, definitions, autoscalers and what is open about the resource, as entries
    /// in the log's order.
    private Uni<List<Entry>> inForce(Found found) {
        Asked asked = found.asked();
        List<ResourceKey> objects = new ArrayList<>(DefinitionNames.of(asked.key()));
        found.rows().stream().limit(1).forEach(row -> objects.addAll(scalers(row, asked.key())));
        Uni<List<Recorded>> settings =
                queries.entries(
                                asked.cluster(),
                                List.of(EntryType.CONFIG_CHANGED),
                                asked.at(),
                                NEWEST)
                        .map(page -> page.items());
        Uni<List<Recorded>> schemas =
                queries.entries(
                                asked.cluster(),
                                List.of(EntryType.SCHEMA_OBSERVED),
                                asked.at(),
                                MANY)
                        .map(page -> schemas(asked.key(), page.items()));
        Uni<List<Recorded>> open =
                queries.openFindings(asked.cluster(), asked.key(), asked.at(), MANY)
                        .map(page -> page.items());
        return settings.flatMap(first ->
                schemas.flatMap(second ->
                        open.flatMap(third ->
                                observed(asked, objects)
                                        .map(all -> merged(List.of(first, second, third, all))))));
    }

    private static List<Entry> merged(List<List<Recorded>> lists) {
        return lists.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(Recorded::index))
                .map(Recorded::entry)
                .toList();
    }

    /// Every document of the resource's group, since the version is told by the object alone.
    private static List<Recorded> schemas(ResourceKey key, List<Recorded> entries) {
        String prefix = key.group().isEmpty() ? "api/" : "apis/" + key.group() + "/";
        return entries.stream()
                .filter(each -> Body.of(each.entry()).text("path").startsWith(prefix))
                .toList();
    }

    /// Autoscalers in the same namespace, as far as the snapshot lists them.
    private static List<ResourceKey> scalers(Row row, ResourceKey key) {
        List<ResourceKey> scalers = new ArrayList<>();
        for (JsonNode each : row.list()) {
            ResourceKey other = ResourceKey.ofId(each.path("resource").asText());
            if (other.kind().equals("HorizontalPodAutoscaler")
                    && other.namespace().equals(key.namespace())) {
                scalers.add(other);
            }
        }
        return scalers;
    }

    /// The snapshots that name the resource, newest first.
    private Uni<List<Row>> rows(Asked asked, Optional<Recorded> seen) {
        String application = seen.map(each -> Body.of(each.entry()).text("application")).orElse("");
        ApplicationFilter ofCluster = new ApplicationFilter(asked.cluster(), null, null, null);
        Uni<Page<Recorded>> snapshots =
                application.isEmpty()
                        ? queries.applications(ofCluster, asked.at(), MANY)
                        : queries.applicationHistory(
                                asked.cluster(),
                                ApplicationId.ofId(application),
                                asked.at(),
                                SNAPSHOTS);
        return snapshots.flatMap(page -> {
            SortedSet<Digest> lists = new TreeSet<>();
            for (Recorded each : page.items()) {
                list(each).ifPresent(digest -> lists.add(digest));
            }
            return files.blobs(lists).map(blobs -> rows(asked.key(), page.items(), blobs));
        });
    }

    private static Optional<Digest> list(Recorded snapshot) {
        Entry.BlobRef blob = snapshot.entry().blob();
        return blob == null ? Optional.empty() : Optional.of(blob.sha256());
    }

    private static List<Row> rows(
            ResourceKey key, List<Recorded> snapshots, SortedMap<Digest, Decision.Blob> blobs) {
        List<Row> rows = new ArrayList<>();
        for (Recorded snapshot : snapshots) {
            Optional<Digest> digest = list(snapshot);
            Decision.Blob blob = digest.isEmpty() ? null : blobs.get(digest.get());
            JsonNode list = blob == null ? MissingNode.getInstance() : json(blob);
            for (JsonNode row : list) {
                Row named = new Row(snapshot, list, row);
                if (row.path("resource").asText().equals(key.id())
                        && (row.has("desired") || named.hiding().isPresent())) {
                    rows.add(named);
                }
            }
        }
        return rows;
    }

    private static JsonNode json(Decision.Blob blob) {
        try {
            return Json.parse(blob.content().bytes());
        } catch (IOException e) {
            throw new UncheckedIOException("a snapshot's blob is JSON", e);
        }
    }

    private Uni<List<Recorded>> observed(Asked asked, List<ResourceKey> keys) {
        return Multi.createFrom()
                .iterable(keys)
                .onItem()
                .transformToUniAndConcatenate(
                        key -> queries.resourceAt(asked.cluster(), key, asked.at()))
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList();
    }

    private static SortedSet<Digest> digests(Retelling.Question question, List<Entry> entries) {
        SortedSet<Digest> digests = new TreeSet<>(question.former());
        if (question.ruling() != null) {
            digests.add(question.ruling().file());
        }
        digests.add(question.desired());
        digests.add(question.live());
        for (Entry entry : entries) {
            digests.addAll(entry.digests().values());
            if (entry.blob() != null) {
                digests.add(entry.blob().sha256());
            }
        }
        return digests;
    }

    private static byte @Nullable [] bytes(Decision.@Nullable Blob blob) {
        return blob == null ? null : blob.content().bytes();
    }

    private static ExplanationView retold(Found found, @Nullable Explanation explanation) {
        if (explanation == null) {
            throw Refusal.unknown("Content", "that of the desired or the live side is not stored");
        }
        List<Step> steps = new ArrayList<>(sources(found));
        steps.addAll(explanation.steps());
        return view(found, explanation.verdict().label(), steps);
    }

    /// On one side only, and a rule says that it does not count.
    private static ExplanationView hidden(Found found, List<Step> told, HidingView hiding) {
        String whole = Objects.requireNonNull(hiding.whole(), "hides the whole resource");
        String words = Hiding.words(hiding.origin(), whole, hiding.reason());
        List<Step> steps = new ArrayList<>(sources(found));
        steps.addAll(told);
        steps.add(new Step("", Step.Stage.JUDGEMENT, "ignore:" + hiding.rule(), words));
        steps.add(new Step("", Step.Stage.VERDICT, "ignored", Hiding.DOES_NOT_COUNT));
        return view(found, "ignored", steps);
    }

    /// On one side only, or on none any more.
    private static ExplanationView oneSided(Found found, List<Step> told) {
        boolean wanted = found.desired() != null;
        boolean there = found.live() != null;
        String verdict = wanted ? "missing" : there ? "unmanaged" : "gone";
        String words =
                wanted
                        ? "missing: git names it and the cluster does not have it"
                        : there
                                ? "unmanaged: the cluster has it and no application names it"
                                : "gone: no application names it and the cluster has it no more";
        List<Step> steps = new ArrayList<>(sources(found));
        steps.addAll(told);
        steps.add(new Step("", Step.Stage.VERDICT, verdict, words));
        return view(found, verdict, steps);
    }

    /// Which entries of the log the sides are from.
    private static List<Step> sources(Found found) {
        List<Step> steps = new ArrayList<>();
        Row row = found.row();
        if (row != null) {
            String stated = row.row().path("verdict").asText();
            steps.add(
                    source(
                            "snapshot",
                            row.snapshot(),
                            "names what was applied; it says " + stated));
        }
        found.seen()
                .ifPresent(seen ->
                        steps.add(
                                source(
                                        "observation",
                                        seen,
                                        "is the last of the cluster's side: "
                                                + seen.entry().type().wireName())));
        return steps;
    }

    private static Step source(String rule, Recorded from, String words) {
        String at = Rfc3339.format(from.entry().observedAt());
        String entry = "entry " + from.index() + " of " + at + " ";
        return new Step("", Step.Stage.INPUT, rule, entry + words);
    }

    private static ExplanationView view(Found found, String verdict, List<Step> steps) {
        Row row = found.row();
        String cluster = found.asked().cluster();
        return new ExplanationView(
                found.asked().key().id(),
                row == null ? null : PublicId.of(cluster, row.application().id()),
                verdict,
                steps.stream().map(ExplanationView.StepView::of).toList());
    }
}
