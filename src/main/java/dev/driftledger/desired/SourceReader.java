package dev.driftledger.desired;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.desired.Rendering.Manifest;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.Redaction;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.Revision;
import java.io.IOException;
import java.util.ArrayList;
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
import org.jspecify.annotations.Nullable;

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
            TreeFiles tree = TreeFiles.list(mirror.repository(), commit, folder, limits);
            BlobReader reader = new BlobReader(limits, objects);
            Shortfalls shortfalls = new Shortfalls(limits, tree.problems());
            List<TreeFiles.Entry> wanted = readable(tree, reader, shortfalls);
            List<TreeFiles.Entry> files = finish(wanted, reader);
            if (files.size() < wanted.size()) {
                shortfalls.tooManyNodes(
                        wanted.get(files.size()).path(), wanted.size() - files.size());
            }
            Rendering rendering = collect(revision(commit), files, shortfalls);
            ObjectId rules = TreeFiles.rules(mirror.repository(), commit, folder);
            if (rules == null && tree.notRules().isEmpty()) {
                return rendering;
            }
            String path = RulesFile.path(folder);
            return rendering.with(
                    (rules == null ? RulesFile.none(path) : reader.rules(path, rules))
                            .withProblems(tree.notRules()));
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
    /// definitions among them changed which kinds have namespaces.
    ///
    /// @return the first files that together stay within the limit of values
    private List<TreeFiles.Entry> finish(List<TreeFiles.Entry> files, BlobReader reader)
            throws IOException {
        Map<ObjectId, ManifestFile> parsed = new HashMap<>();
        ClusterScope scope = configuredScope;
        long nodesCount = 0;
        int filesCount = 0;
        for (TreeFiles.Entry file : files) {
            Finished known = finished.get(file.blob());
            ManifestFile fresh = parsed.get(file.blob());
            if (known == null && fresh == null) {
                fresh = parse(reader, file.blob());
            }
            nodesCount += known != null ? known.nodesCount : nodesCount(fresh);
            if (nodesCount > limits.sourceNodesMax()) {
                break;
            }
            if (known != null) {
                scope = known.extend(scope);
            } else if (fresh != null) {
                parsed.put(file.blob(), fresh);
                scope = scope.with(fresh.plainObjects());
            }
            filesCount++;
        }
        List<TreeFiles.Entry> within = files.subList(0, filesCount);
        finish(within, parsed, reader, scope);
        return within;
    }

    private static long nodesCount(@Nullable ManifestFile file) {
        return file == null ? 0 : file.nodesCount();
    }

    private void finish(
            List<TreeFiles.Entry> files,
            Map<ObjectId, ManifestFile> parsed,
            BlobReader reader,
            ClusterScope scope)
            throws IOException {
        boolean sameScope = scope.equals(finishedScope);
        Map<ObjectId, Finished> next = new HashMap<>();
        for (TreeFiles.Entry file : files) {
            Finished known = finished.get(file.blob());
            if (known != null && sameScope) {
                next.put(file.blob(), known);
            } else if (!next.containsKey(file.blob())) {
                ManifestFile fresh = parsed.remove(file.blob());
                next.put(
                        file.blob(),
                        finish(fresh == null ? parse(reader, file.blob()) : fresh, scope));
            }
        }
        finished = next;
        finishedScope = scope;
    }

    /// The first files of a tree that together stay within the limit of bytes, the same at each
    /// rendering of a commit. A file that is too large by itself takes nothing from the others; it
    /// will say so when it is to be read.
    private List<TreeFiles.Entry> readable(TreeFiles tree, BlobReader reader, Shortfalls shortfalls)
            throws IOException {
        long bytesTotal = 0;
        List<TreeFiles.Entry> files = new ArrayList<>();
        for (TreeFiles.Entry file : tree.files()) {
            long size = reader.size(file.blob());
            bytesTotal += size > limits.fileBytesMax() ? 0 : size;
            if (bytesTotal > limits.sourceBytesMax()) {
                shortfalls.tooManyBytes(file.path(), tree.files().size() - files.size());
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
        List<ManifestFile.Flaw> flaws = new ArrayList<>(file.problems());
        for (ManifestFile.Item item : file.objects()) {
            ResourceKey key = place(item.object(), scope);
            ObjectNode redacted = redaction.redact(cluster, item.object());
            byte[] bytes = ObjectBytes.of(redacted);
            if (bytes.length > limits.objectBytesMax()) {
                String message =
                        Shortfalls.tooLarge(key.display(), bytes.length, limits.objectBytesMax());
                flaws.add(new ManifestFile.Flaw(item.document(), message, false));
            } else {
                String apiVersion = redacted.path("apiVersion").asText();
                manifests.add(
                        new Numbered(
                                item.document(),
                                new Manifest(key, apiVersion, redacted, Digest.of(bytes), "")));
            }
        }
        return new Finished(manifests, flaws, own.custom(), file.nodesCount());
    }

    /// Fills the namespace in and tells the object's key.
    private ResourceKey place(ObjectNode object, ClusterScope scope) {
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
        return new ResourceKey(group, kind, place, metadata.path("name").asText());
    }

    private Rendering collect(
            Revision revision, List<TreeFiles.Entry> files, Shortfalls shortfalls) {
        SortedMap<ResourceKey, Manifest> manifests = new TreeMap<>();
        int count = 0;
        for (TreeFiles.Entry entry : files) {
            Finished file = finished.getOrDefault(entry.blob(), Finished.NONE);
            for (ManifestFile.Flaw flaw : file.problems) {
                String place =
                        flaw.document() == 0 ? entry.path() : entry.path() + "#" + flaw.document();
                shortfalls.add(place, flaw.message(), flaw.harmless());
            }
            for (Numbered numbered : file.manifests) {
                if (++count > limits.objectsMax()) {
                    shortfalls.tooManyObjects(entry.path());
                    return rendering(revision, manifests, shortfalls);
                }
                String place = entry.path() + "#" + numbered.document;
                Manifest other =
                        manifests.put(numbered.manifest.key(), numbered.manifest.at(place));
                if (other != null) {
                    String shown = other.key().display() + " stands in " + other.file();
                    shortfalls.add(place, shown + " too; this one counts", true);
                }
            }
        }
        return rendering(revision, manifests, shortfalls);
    }

    private static Rendering rendering(
            Revision revision, SortedMap<ResourceKey, Manifest> manifests, Shortfalls shortfalls) {
        return new Rendering(revision, new ArrayList<>(manifests.values()), shortfalls.told());
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
    /// @param nodesCount values in its documents, aliases expanded
    private record Finished(
            List<Numbered> manifests,
            List<ManifestFile.Flaw> problems,
            Set<String> definedScope,
            long nodesCount) {
        static final Finished NONE = new Finished(List.of(), List.of(), Set.of(), 0);

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
