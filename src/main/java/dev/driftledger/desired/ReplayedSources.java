package dev.driftledger.desired;

import dev.driftledger.intake.IntakeSink;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.RecorderConfig;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/// Follows sources through a recording: the branches move when the recording says so, the commits
/// are read from a mirror that has them all.
public final class ReplayedSources {
    private final GitMirror mirror;
    private final List<Followed> followed = new ArrayList<>();
    private volatile Instant now = Instant.EPOCH;

    /// @param mirror holds every commit that the recording names
    /// @param applications all of them in that one repository, whatever address they name
    public ReplayedSources(
            ClusterRef cluster,
            GitMirror mirror,
            List<RecorderConfig.Application> applications,
            SourceReader.Rules rules,
            IntakeSink sink) {
        this.mirror = mirror;
        for (RecorderConfig.Application application : applications) {
            BranchInTime source =
                    new BranchInTime(new SourceReader(mirror, cluster, application, rules));
            followed.add(
                    new Followed(
                            application.branch(),
                            source,
                            new SourcePoller(cluster, application, source, sink, () -> now, null)));
        }
    }

    /// The branches of the repository stand elsewhere from now on.
    ///
    /// @param refs full ref name → commit id
    /// @throws IOException when the sink took a record not
    public void moved(Map<String, String> refs, Instant at)
            throws IOException, InterruptedException {
        now = at;
        for (Followed one : followed) {
            one.source.head = refs.get("refs/heads/" + one.branch);
            try {
                one.poller.poll();
            } catch (SourcePoller.SinkException e) {
                throw new IOException(e);
            }
        }
    }

    private record Followed(String branch, BranchInTime source, SourcePoller poller) {}

    private final class BranchInTime implements SourcePoller.Source {
        private final SourceReader reader;
        private @Nullable String head;

        private BranchInTime(SourceReader reader) {
            this.reader = reader;
        }

        @Override
        public ObjectId fetch() throws SourceException {
            if (head == null || !ObjectId.isId(head)) {
                throw new SourceException("the branch is not in the recording", null);
            }
            return ObjectId.fromString(head);
        }

        @Override
        public boolean isAncestor(ObjectId older, ObjectId newer) throws SourceException {
            return mirror.isAncestor(older, newer);
        }

        @Override
        public Rendering render(ObjectId commit) throws SourceException {
            return reader.render(commit);
        }
    }
}
