package dev.driftledger.desired;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.TagOpt;

/// A bare copy of one repository on disk. It keeps what it once fetched, commits that a force-push
/// took away included. May be shared by threads.
public final class GitMirror implements AutoCloseable {
    private final RepositoryLocation location;
    private final Repository repository;

    private GitMirror(RepositoryLocation location, Repository repository) {
        this.location = location;
        this.repository = repository;
    }

    /// Opens or makes the mirror; does not fetch.
    ///
    /// @param repository URL or path
    /// @param folder where the mirror is kept, made when missing
    /// @param schemes those allowed, see [DesiredConfig#schemes()]
    public static GitMirror open(String repository, Path folder, List<String> schemes)
            throws SourceException {
        GitEnvironment.isolate();
        RepositoryLocation location = RepositoryLocation.parse(repository, schemes);
        try {
            boolean fresh = !Files.exists(folder.resolve(Constants.HEAD));
            Files.createDirectories(folder);
            Repository bare =
                    new FileRepositoryBuilder()
                            .setGitDir(folder.toFile())
                            .setBare()
                            .setMustExist(!fresh)
                            .build();
            if (fresh) {
                bare.create(true);
            }
            StoredConfig config = bare.getConfig();
            config.setString("http", null, "followRedirects", "false");
            config.setInt("gc", null, "auto", 0);
            config.save();
            return new GitMirror(location, bare);
        } catch (IOException e) {
            throw new SourceException("mirror of " + location.shown() + " cannot be opened", e);
        }
    }

    /// A mirror of everything in a bundle file, for replays.
    public static GitMirror ofBundle(Path bundle, Path folder) throws SourceException {
        return whole(bundle.toAbsolutePath().toString(), folder, List.of("file"));
    }

    /// A mirror of everything that a repository holds, got once, by https, ssh or from a folder.
    ///
    /// @param repository its URL or path
    /// @throws SourceException when it cannot be reached or read
    public static GitMirror ofRepository(String repository, Path folder) throws SourceException {
        return whole(repository, folder, List.of("https", "ssh", "file"));
    }

    private static GitMirror whole(String repository, Path folder, List<String> schemes)
            throws SourceException {
        GitMirror mirror = open(repository, folder, schemes);
        mirror.fetch(new RefSpec("+refs/*:refs/*"), Duration.ofMinutes(5), Long.MAX_VALUE);
        return mirror;
    }

    /// Fetches one branch, whatever was there before.
    ///
    /// @param bytesMax how big the mirror may be on disk
    /// @return the id of its newest commit
    public ObjectId fetchBranch(String branch, Duration timeout, long bytesMax)
            throws SourceException {
        String ref = Constants.R_HEADS + branch;
        if (!Repository.isValidRefName(ref)) {
            throw new SourceException("branch is no valid git branch name", null);
        }
        fetch(new RefSpec("+" + ref + ":" + ref), timeout, bytesMax);
        try {
            Ref head = repository.exactRef(ref);
            if (head == null || head.getObjectId() == null) {
                throw new SourceException(
                        "repository " + location.shown() + " has no branch " + branch, null);
            }
            return head.getObjectId();
        } catch (IOException e) {
            throw new SourceException("mirror of " + location.shown() + " cannot be read", e);
        }
    }

    /// Where its branches stand.
    ///
    /// @return full name of a branch → id of its newest commit
    public SortedMap<String, String> heads() throws SourceException {
        SortedMap<String, String> heads = new TreeMap<>();
        try {
            for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS)) {
                ObjectId id = ref.getObjectId();
                if (id != null) {
                    heads.put(ref.getName(), id.name());
                }
            }
            return heads;
        } catch (IOException e) {
            throw new SourceException("mirror of " + location.shown() + " cannot be read", e);
        }
    }

    private synchronized void fetch(RefSpec refs, Duration timeout, long bytesMax)
            throws SourceException {
        location.requireHostAllowed();
        if (location.scheme().equals("ssh") && SshSessionFactory.getInstance() == null) {
            throw new SourceException(
                    "repository " + location.shown() + ": no SSH client is present, use https",
                    null);
        }
        Path folder = repository.getDirectory().toPath();
        FetchWatch watch = new FetchWatch(folder, timeout, bytesMax);
        try (Git git = new Git(repository)) {
            git.fetch()
                    .setRemote(location.text())
                    .setRefSpecs(refs)
                    .setTagOpt(TagOpt.NO_TAGS)
                    .setRecurseSubmodules(
                            org.eclipse.jgit.lib.SubmoduleConfig.FetchRecurseSubmodulesMode.NO)
                    .setTimeout(Math.toIntExact(Math.max(1, timeout.toSeconds())))
                    .setProgressMonitor(watch)
                    .call();
        } catch (GitAPIException | RuntimeException e) {
            String reason =
                    watch.reason() == null
                            ? location.withoutCredentials(reason(e))
                            : watch.reason();
            throw new SourceException(
                    "repository " + location.shown() + " cannot be fetched: " + reason, e);
        }
        if (watch.isTooBig()) {
            throw new SourceException(
                    "repository " + location.shown() + " is not read: " + watch.reason(), null);
        }
    }

    /// Whether a commit is part of the history of another; false when it is not known any more.
    public boolean isAncestor(ObjectId older, ObjectId newer) throws SourceException {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.isMergedInto(walk.parseCommit(older), walk.parseCommit(newer));
        } catch (MissingObjectException e) {
            return false;
        } catch (IOException e) {
            throw new SourceException("history of " + location.shown() + " cannot be read", e);
        }
    }

    RevCommit commit(ObjectId id) throws SourceException {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit commit = walk.parseCommit(id);
            walk.parseBody(commit);
            return commit;
        } catch (IOException e) {
            throw new SourceException(
                    "commit " + id.name() + " of " + location.shown() + " cannot be read", e);
        }
    }

    Repository repository() {
        return repository;
    }

    /// The repository for messages, without credentials.
    public String shown() {
        return location.shown();
    }

    @Override
    public void close() {
        repository.close();
    }

    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
