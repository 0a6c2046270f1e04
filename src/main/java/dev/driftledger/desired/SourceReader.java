package dev.driftledger.desired;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.desired.Rendering.Manifest;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.IntakeRecord.RenderProblem;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.Redaction;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.Revision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/// Renders one application of one cluster at any commit of its mirror. Plain folders of manifests;
/// files that did not change since the last rendering cost no parsing. Not for several threads.
public final class SourceReader {
    private static final int SUBJECT_LENGTH_MAX = 200;
    private static final String NAMESPACE_DEFAULT = "default";

    private final GitMirror mirror;
    private final ClusterRef cluster;
    private final Redaction redaction;
    private final SourceLimits limits;
    private final ClusterScope configuredScope;
    private final String folder;
    private final String namespace;

    private Map<ObjectId, Finished> finished = new HashMap<>();
    private ClusterScope finishedScope;
    private int parsedFilesCount;

    /// A reader of one source.
    ///
    /// @throws IllegalArgumentException when the application's path leaves the repository
    public SourceReader(
            GitMirror mirror,
            ClusterRef cluster,
            RecorderConfig.Application application,
            Rules rules) {
        this.mirror = mirror;
        this.cluster = cluster;
        this.redaction = rules.redaction;
        this.limits = rules.limits;
        this.configuredScope = new ClusterScope(rules.clusterScopedKinds);
        this.finishedScope = configuredScope;
        this.folder = TreeFiles.normalise(application.path());
        String declared = application.id().namespace();
        this.namespace = declared.isEmpty() ? NAMESPACE_DEFAULT : declared;
    }

    /// What is the same for all sources of a cluster.
    ///
    /// @param clusterScopedKinds `group/Kind` beyond the built-in ones
    public record Rules(Redaction redaction, SourceLimits limits, Set<String> clusterScopedKinds) {
        public Rules {
            clusterScopedKinds = Set.copyOf(clusterScopedKinds);
        }
    }

    /// The objects at a commit.
    ///
    /// @throws SourceException when the commit or one of its trees is not in the mirror
    public Rendering render(ObjectId commitId) throws SourceException {
        RevCommit commit = mirror.commit(commitId);
        try (ObjectReader objects = mirror.repository().newObjectReader()) {
            TreeFiles tree = TreeFiles.list(mirror.repository(), commit, folder, limits.filesMax());
            BlobReader reader = new BlobReader(limits, objects);
            List<TreeFiles.Entry> files = readable(tree, reader);
            finish(files, reader);
            List<RenderProblem> problems = new ArrayList<>(tree.problems());
            if (files.size() < tree.files().size()) {
                problems.add(tooBig(tree.files().get(files.size()).path()));
            }
            return collect(revision(commit), files, problems);
        } catch (IOException e) {
            throw new SourceException(
                    "commit " + commitId.name() + " of " + mirror.shown() + " cannot be read", e);
        }
    }

    /// How many files were parsed so far; for seeing that unchanged ones are not.
    int parsedFilesCount() {
        return parsedFilesCount;
    }

    /// Brings the finished files up to date with a tree: new ones are parsed, all again when the
    /// definitions among them changed which kinds have namespaces. Files beyond the limit of bytes
    /// are left out.
    private void finish(List<TreeFiles.Entry> files, BlobReader reader) throws IOException {
        Map<ObjectId, ManifestFile> parsed = new HashMap<>();
        ClusterScope scope = configuredScope;
        for (TreeFiles.Entry file : files) {
            Finished known = finished.get(file.blob());
            if (known == null && !parsed.containsKey(file.blob())) {
                parsed.put(file.blob(), parse(reader, file.blob()));
            }
            ManifestFile fresh = parsed.get(file.blob());
            scope =
                    known != null
                            ? known.extend(scope)
                            : scope.with(fresh == null ? List.of() : fresh.plainObjects());
        }
        boolean sameScope = scope.equals(finishedScope);
        Map<ObjectId, Finished> next = new HashMap<>();
        for (TreeFiles.Entry file : files) {
            Finished known = finished.get(file.blob());
            if (known != null && sameScope) {
                next.put(file.blob(), known);
            } else if (!next.containsKey(file.blob())) {
                ManifestFile fresh = parsed.get(file.blob());
                next.put(
                        file.blob(),
                        finish(fresh == null ? parse(reader, file.blob()) : fresh, scope));
            }
        }
        finished = next;
        finishedScope = scope;
    }

    /// The first files of a tree that together stay within the limit of bytes, the same at each
    /// rendering of a commit.
    private List<TreeFiles.Entry> readable(TreeFiles tree, BlobReader reader) throws IOException {
        long bytesTotal = 0;
        List<TreeFiles.Entry> files = new ArrayList<>();
        for (TreeFiles.Entry file : tree.files()) {
            bytesTotal += reader.size(file.blob());
            if (bytesTotal > limits.sourceBytesMax()) {
                return files;
            }
            files.add(file);
        }
        return files;
    }

    private ManifestFile parse(BlobReader reader, ObjectId blob) throws IOException {
        parsedFilesCount++;
        return reader.read(blob);
    }

    private Finished finish(ManifestFile file, ClusterScope scope) {
        ClusterScope own = new ClusterScope(Set.of()).with(file.plainObjects());
        List<Numbered> manifests = new ArrayList<>();
        for (ManifestFile.Item item : file.objects()) {
            manifests.add(new Numbered(item.document(), manifest(item.object(), scope)));
        }
        return new Finished(manifests, file.problems(), own.custom());
    }

    private Manifest manifest(ObjectNode object, ClusterScope scope) {
        String apiVersion = object.path("apiVersion").asText();
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        String kind = object.path("kind").asText();
        ObjectNode metadata = (ObjectNode) object.path("metadata");
        String place = "";
        if (scope.isClusterScoped(group, kind)) {
            metadata.remove("namespace");
        } else {
            String own = metadata.path("namespace").asText("");
            place = own.isEmpty() || metadata.path("namespace").isNull() ? namespace : own;
            metadata.put("namespace", place);
        }
        ObjectNode redacted = redaction.redact(cluster, object);
        ResourceKey key = new ResourceKey(group, kind, place, metadata.path("name").asText());
        return new Manifest(key, apiVersion, redacted, ObjectBytes.digest(redacted), "");
    }

    private Rendering collect(
            Revision revision, List<TreeFiles.Entry> files, List<RenderProblem> problems) {
        SortedMap<ResourceKey, Manifest> manifests = new TreeMap<>();
        int count = 0;
        for (TreeFiles.Entry entry : files) {
            Finished file = finished.getOrDefault(entry.blob(), Finished.NONE);
            file.problems.forEach(flaw -> problems.add(problem(entry.path(), flaw)));
            for (Numbered numbered : file.manifests) {
                if (++count > limits.objectsMax()) {
                    problems.add(tooMany(entry.path()));
                    return rendering(revision, manifests, problems);
                }
                String place = entry.path() + "#" + numbered.document;
                Manifest manifest = numbered.manifest;
                Manifest other =
                        manifests.put(
                                manifest.key(),
                                new Manifest(
                                        manifest.key(),
                                        manifest.apiVersion(),
                                        manifest.object(),
                                        manifest.digest(),
                                        place));
                if (other != null) {
                    problems.add(duplicate(place, other));
                }
            }
        }
        return rendering(revision, manifests, problems);
    }

    private static Rendering rendering(
            Revision revision,
            SortedMap<ResourceKey, Manifest> manifests,
            List<RenderProblem> problems) {
        problems.sort(
                Comparator.comparing(RenderProblem::file).thenComparing(RenderProblem::message));
        return new Rendering(revision, new ArrayList<>(manifests.values()), problems);
    }

    private static RenderProblem problem(String path, ManifestFile.Flaw flaw) {
        String place = flaw.document() == 0 ? path : path + "#" + flaw.document();
        return new RenderProblem(place, flaw.message());
    }

    private static RenderProblem duplicate(String place, Manifest other) {
        return new RenderProblem(
                place,
                other.key().display() + " stands in " + other.file() + " too; this one counts");
    }

    private RenderProblem tooBig(String path) {
        return new RenderProblem(
                path,
                "this and later files are not read: together more than "
                        + limits.sourceBytesMax()
                        + " bytes (driftledger.desired.source-bytes-max)");
    }

    private RenderProblem tooMany(String path) {
        return new RenderProblem(
                path,
                "this and later files are not complete: more than "
                        + limits.objectsMax()
                        + " objects (driftledger.desired.objects-max)");
    }

    private static Revision revision(RevCommit commit) {
        PersonIdent author = commit.getAuthorIdent();
        String subject = commit.getShortMessage();
        int length = Math.min(subject.length(), SUBJECT_LENGTH_MAX);
        return new Revision(
                commit.name(),
                author == null ? null : author.getName() + " <" + author.getEmailAddress() + ">",
                commit.getCommitterIdent() == null
                        ? null
                        : commit.getCommitterIdent().getWhenAsInstant(),
                subject.substring(0, length));
    }

    private record Numbered(int document, Manifest manifest) {}

    /// A file done with.
    ///
    /// @param definedScope kinds without namespace that its definitions bring
    private record Finished(
            List<Numbered> manifests, List<ManifestFile.Flaw> problems, Set<String> definedScope) {
        static final Finished NONE = new Finished(List.of(), List.of(), Set.of());

        ClusterScope extend(ClusterScope scope) {
            if (definedScope.isEmpty()) {
                return scope;
            }
            Set<String> kinds = new java.util.HashSet<>(scope.custom());
            kinds.addAll(definedScope);
            return new ClusterScope(kinds);
        }
    }
}
