package dev.driftledger.desired;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/// Where the branches of a repository stand, asked of it without fetching anything.
public final class RemoteRefs {
    /// A line of a recording names all of them, and has at most 8 MiB.
    private static final int BRANCHES_MAX = 20_000;

    private final RepositoryLocation location;

    /// @param repository its URL (https, ssh) or path
    /// @throws SourceException when it is neither
    public RemoteRefs(String repository) throws SourceException {
        GitEnvironment.isolate();
        this.location = RepositoryLocation.parse(repository, List.of("https", "ssh", "file"));
    }

    /// Asks.
    ///
    /// @return full name of a branch → id of its newest commit
    /// @throws SourceException when it cannot be reached or read
    public SortedMap<String, String> read(Duration timeout) throws SourceException {
        location.requireHostAllowed();
        SortedMap<String, String> refs = new TreeMap<>();
        try {
            for (Ref ref :
                    Git.lsRemoteRepository()
                            .setRemote(location.text())
                            .setTimeout(Math.toIntExact(Math.max(1, timeout.toSeconds())))
                            .call()) {
                ObjectId id = ref.getObjectId();
                if (id != null && ref.getName().startsWith(Constants.R_HEADS)) {
                    refs.put(ref.getName(), id.name());
                }
            }
        } catch (GitAPIException | RuntimeException e) {
            String reason = location.withoutCredentials(String.valueOf(e.getMessage()));
            throw new SourceException(
                    "repository " + location.shown() + " cannot be read: " + reason, e);
        }
        if (refs.size() > BRANCHES_MAX) {
            throw new SourceException(
                    "repository "
                            + location.shown()
                            + " has "
                            + refs.size()
                            + " branches, more than the "
                            + BRANCHES_MAX
                            + " that a recording can name",
                    null);
        }
        return refs;
    }

    /// The repository for messages and files, without credentials.
    public String shown() {
        return location.shown();
    }
}
