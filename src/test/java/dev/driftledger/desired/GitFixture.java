package dev.driftledger.desired;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/// A bare repository made object by object, so that trees can hold what no honest client writes.
final class GitFixture implements AutoCloseable {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final Repository repository;
    private int commits;

    GitFixture(Path folder) throws IOException {
        GitEnvironment.isolate();
        repository = new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
        repository.create(true);
    }

    String url() {
        return repository.getDirectory().toString();
    }

    Repository repository() {
        return repository;
    }

    /// Commits plain files (path → content) on top of a parent and moves `main` there.
    ObjectId commit(Map<String, String> files, ObjectId... parents) throws IOException {
        SortedMap<String, Object> root = new TreeMap<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            SortedMap<String, Object> folder = root;
            String[] parts = file.getKey().split("/", -1);
            for (int i = 0; i < parts.length - 1; i++) {
                folder = folder(folder, parts[i]);
            }
            folder.put(parts[parts.length - 1], file.getValue());
        }
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId tree = tree(inserter, root);
            inserter.flush();
            return commitTree(tree, parents);
        }
    }

    /// Commits one folder with arbitrary entries.
    ObjectId commitEntries(List<Entry> entries, ObjectId... parents) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            TreeFormatter tree = new TreeFormatter();
            for (Entry entry : entries) {
                ObjectId id =
                        FileMode.GITLINK.equals(entry.mode)
                                ? ObjectId.fromString("1".repeat(40))
                                : inserter.insert(Constants.OBJ_BLOB, utf8(entry.content));
                tree.append(entry.name.getBytes(StandardCharsets.ISO_8859_1), entry.mode, id);
            }
            ObjectId id = inserter.insert(tree);
            inserter.flush();
            return commitTree(id, parents);
        }
    }

    /// Moves a branch wherever wanted; null takes it away.
    void branch(String name, ObjectId id) throws IOException {
        RefUpdate update = repository.updateRef(Constants.R_HEADS + name);
        update.setForceUpdate(true);
        if (id == null) {
            update.delete();
        } else {
            update.setNewObjectId(id);
            update.update();
        }
    }

    @Override
    public void close() {
        repository.close();
    }

    private ObjectId commitTree(ObjectId tree, ObjectId... parents) throws IOException {
        CommitBuilder commit = new CommitBuilder();
        PersonIdent alice =
                new PersonIdent(
                        "Alice", "alice@example.org", START.plusSeconds(commits), ZoneOffset.UTC);
        commits++;
        commit.setTreeId(tree);
        commit.setParentIds(parents);
        commit.setAuthor(alice);
        commit.setCommitter(alice);
        commit.setMessage("Change " + commits + "\n\nBecause.\n");
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            branch("main", id);
            return id;
        }
    }

    @SuppressWarnings("unchecked")
    private static ObjectId tree(ObjectInserter inserter, SortedMap<String, Object> folder)
            throws IOException {
        List<Map.Entry<String, Object>> sorted = new ArrayList<>(folder.entrySet());
        sorted.sort((a, b) ->
                (a.getKey() + (a.getValue() instanceof Map ? "/" : ""))
                        .compareTo(b.getKey() + (b.getValue() instanceof Map ? "/" : "")));
        TreeFormatter tree = new TreeFormatter();
        for (Map.Entry<String, Object> entry : sorted) {
            if (entry.getValue() instanceof SortedMap<?, ?> inner) {
                tree.append(
                        entry.getKey(),
                        FileMode.TREE,
                        tree(inserter, (SortedMap<String, Object>) inner));
            } else {
                tree.append(
                        entry.getKey(),
                        FileMode.REGULAR_FILE,
                        inserter.insert(Constants.OBJ_BLOB, utf8((String) entry.getValue())));
            }
        }
        return inserter.insert(tree);
    }

    @SuppressWarnings("unchecked")
    private static SortedMap<String, Object> folder(SortedMap<String, Object> in, String name) {
        return (SortedMap<String, Object>) in.computeIfAbsent(name, _ -> new TreeMap<>());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// One entry of a folder.
    ///
    /// @param name bytes as Latin-1
    record Entry(String name, FileMode mode, String content) {}
}
