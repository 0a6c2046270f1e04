package dev.driftledger.desired;

import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.RecorderConfig;
import java.util.concurrent.Semaphore;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/// A branch and folder of a git repository, mirrored. Its mirror is opened when it is first
/// needed, so that a wrong repository is a source that cannot be read, not a failed start. Only
/// rendering waits for a turn: a fetch waits for others, and a dead repository must stop nobody.
final class GitSource implements SourcePoller.Source {
    private final ClusterRef cluster;
    private final RecorderConfig.Application application;
    private final SourceReader.Rules rules;
    private final DesiredConfig config;
    private final GitMirrors mirrors;
    private final Semaphore turns;
    private @Nullable SourceReader reader;

    GitSource(
            ClusterRef cluster,
            RecorderConfig.Application application,
            SourceReader.Rules rules,
            GitMirrors mirrors,
            Semaphore turns) {
        this.cluster = cluster;
        this.application = application;
        this.rules = rules;
        this.config = mirrors.config();
        this.mirrors = mirrors;
        this.turns = turns;
    }

    @Override
    public ObjectId fetch() throws SourceException {
        return mirror().fetchBranch(
                        application.branch(), config.fetchTimeout(), config.mirrorBytesMax());
    }

    @Override
    public boolean isAncestor(ObjectId older, ObjectId newer) throws SourceException {
        return mirror().isAncestor(older, newer);
    }

    @Override
    public Rendering render(ObjectId commit) throws SourceException {
        turns.acquireUninterruptibly();
        try {
            return reader().render(commit);
        } finally {
            turns.release();
        }
    }

    private GitMirror mirror() throws SourceException {
        return mirrors.of(application.repository());
    }

    private SourceReader reader() throws SourceException {
        if (reader == null) {
            try {
                reader = new SourceReader(mirror(), cluster, application, rules);
            } catch (IllegalArgumentException e) {
                throw new SourceException(e.getMessage() == null ? "path" : e.getMessage(), e);
            }
        }
        return reader;
    }
}
