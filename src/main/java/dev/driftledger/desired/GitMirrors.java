package dev.driftledger.desired;

import dev.driftledger.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// The open mirrors of this process, one for each repository however many applications read it.
final class GitMirrors implements AutoCloseable {
    private static final int NAME_LENGTH = 32;

    private final DesiredConfig config;
    private final Map<String, GitMirror> open = new HashMap<>();

    GitMirrors(DesiredConfig config) {
        this.config = config;
    }

    DesiredConfig config() {
        return config;
    }

    /// The mirror of a repository, opened when it was not.
    synchronized GitMirror of(String repository) throws SourceException {
        GitMirror known = open.get(repository);
        if (known != null) {
            return known;
        }
        String name = Digest.of(repository.getBytes(StandardCharsets.UTF_8)).hex();
        GitMirror mirror =
                GitMirror.open(
                        repository,
                        config.folder().resolve(name.substring(0, NAME_LENGTH) + ".git"),
                        config.schemes());
        open.put(repository, mirror);
        return mirror;
    }

    @Override
    public synchronized void close() {
        open.values().forEach(GitMirror::close);
        open.clear();
    }
}
