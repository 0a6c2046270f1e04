package dev.driftledger.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/// The sample shop's manifests in a bare git repository on disk: one folder per application, branch
/// `main`.
public final class Shop implements AutoCloseable {
    /// The applications; each is a folder of the repository and a namespace of the cluster.
    public static final List<String> APPLICATIONS = List.of("gateway", "cart", "billing");

    public static final String BRANCH = "main";

    private static final List<String> FILES =
            List.of(
                    "gateway/deployment.yaml",
                    "gateway/service.yaml",
                    "gateway/config.yaml",
                    "gateway/autoscaler.yaml",
                    "cart/cart.yaml",
                    "cart/config.yaml",
                    "cart/secret.yaml",
                    "billing/deployment.yaml",
                    "billing/service.yaml",
                    "billing/volume-claim.yaml",
                    "billing/invoices.yaml",
                    "billing/tariff-definition.yaml",
                    "billing/tariff.yaml");

    private final Path folder;
    private final Repository repository;

    private Shop(Path folder, Repository repository) {
        this.folder = folder;
        this.repository = repository;
    }

    /// Opens the repository in `folder`, made with one commit of all files at the first call.
    public static Shop open(Path folder) {
        Path place = folder.toAbsolutePath().normalize();
        try {
            RepositoryBuilder builder = new RepositoryBuilder().setGitDir(place.toFile()).setBare();
            Shop shop = new Shop(place, builder.build());
            if (!Files.exists(place.resolve(Constants.HEAD))) {
                shop.repository.create(true);
                RefUpdate head = shop.repository.updateRef(Constants.HEAD);
                head.link(Constants.R_HEADS + BRANCH);
            }
            if (shop.repository.resolve(Constants.R_HEADS + BRANCH) == null) {
                shop.commit("dana", "Open the shop", shipped());
            }
            return shop;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the shop's repository " + place, e);
        }
    }

    /// Where the bare repository is; a URL for git as it stands.
    public Path folder() {
        return folder;
    }

    /// The commit id at the head of the branch, 40 hex digits.
    public String head() {
        return headId().name();
    }

    /// All files at the head, path → text, sorted by path.
    public SortedMap<String, String> files() {
        SortedMap<String, String> files = new TreeMap<>();
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(repository.parseCommit(headId()).getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                byte[] bytes = repository.open(walk.getObjectId(0)).getBytes();
                files.put(walk.getPathString(), new String(bytes, StandardCharsets.UTF_8));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the shop's repository " + folder, e);
        }
    }

    /// Commits one changed file to the head of the branch and returns the new commit's id.
    public String commit(String author, String message, String path, String text) {
        SortedMap<String, String> files = files();
        files.put(path, text);
        return commit(author, message, files);
    }

    @Override
    public void close() {
        repository.close();
    }

    private ObjectId headId() {
        try {
            ObjectId id = repository.resolve(Constants.R_HEADS + BRANCH);
            if (id == null) {
                throw new SandboxException("the shop's repository has no branch " + BRANCH, null);
            }
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the shop's repository " + folder, e);
        }
    }

    private String commit(String author, String message, SortedMap<String, String> files) {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree(inserter, files));
            ObjectId parent = repository.resolve(Constants.R_HEADS + BRANCH);
            if (parent != null) {
                commit.setParentId(parent);
            }
            PersonIdent person =
                    new PersonIdent(
                            author, author + "@shop.example", Instant.now(), ZoneOffset.UTC);
            commit.setAuthor(person);
            commit.setCommitter(person);
            commit.setMessage(message);
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            RefUpdate update = repository.updateRef(Constants.R_HEADS + BRANCH);
            update.setNewObjectId(id);
            RefUpdate.Result result = update.update();
            if (result != RefUpdate.Result.NEW && result != RefUpdate.Result.FAST_FORWARD) {
                throw new SandboxException("git answered " + result + " to a commit", null);
            }
            return id.name();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot commit to " + folder, e);
        }
    }

    private static ObjectId tree(ObjectInserter inserter, SortedMap<String, String> files)
            throws IOException {
        DirCache index = DirCache.newInCore();
        DirCacheBuilder entries = index.builder();
        for (String path : files.keySet()) {
            DirCacheEntry entry = new DirCacheEntry(path);
            entry.setFileMode(FileMode.REGULAR_FILE);
            byte[] bytes = files.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
            entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, bytes));
            entries.add(entry);
        }
        entries.finish();
        return index.writeTree(inserter);
    }

    private static SortedMap<String, String> shipped() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        for (String path : FILES) {
            try (InputStream in = Shop.class.getResourceAsStream("shop/" + path)) {
                if (in == null) {
                    throw new SandboxException("this build lacks the shop's file " + path, null);
                }
                files.put(path, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
