package dev.driftledger.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.cluster.ClusterWatch;
import dev.driftledger.cluster.RecordingLine;
import dev.driftledger.cluster.RecordingPlayer;
import dev.driftledger.cluster.RecordingReader;
import dev.driftledger.desired.GitMirror;
import dev.driftledger.desired.ReplayedSources;
import dev.driftledger.desired.SourceException;
import dev.driftledger.desired.SourceReader;
import dev.driftledger.intake.IntakeSink;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.RecorderConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Feeds a recording through the whole path into a sink: the watch's own feeds, the sources' own
/// readers, with the recorded times.
public final class Replay {
    private static final String HEADS = "refs/heads/";

    private final RecordingReader.Source recording;
    private final Map<String, JsonNode> schemas;
    private final RecorderConfig settings;
    private final @Nullable Git git;
    private @Nullable Boolean namesCommits;
    private final Set<String> recordedRefs = new TreeSet<>();

    /// The repository of a recording.
    ///
    /// @param mirror holds every commit that the recording names; where it names none, the branches
    ///     of the mirror stand all the time where they stand now
    public record Git(GitMirror mirror, SourceReader.Rules rules) {}

    /// @param schemas OpenAPI v3 documents by path, for kinds' comparison; may be empty
    /// @param git null when the recording is played without its repository
    public Replay(
            RecordingReader.Source recording,
            Map<String, JsonNode> schemas,
            RecorderConfig settings,
            @Nullable Git git) {
        this.recording = recording;
        this.schemas = schemas;
        this.settings = settings;
        this.git = git;
    }

    /// The cluster that was recorded.
    public ClusterRef cluster(String name) throws IOException {
        return RecordingPlayer.cluster(recording, name);
    }

    /// Plays to the end; returns when everything was handed over.
    ///
    /// @param speed recorded seconds per second; null for as fast as the sink takes it
    public void run(
            ClusterRef cluster,
            IntakeSink sink,
            ClusterWatch.Options options,
            @Nullable Double speed)
            throws IOException, InterruptedException, SourceException {
        IntakeSink configured = new ConfiguredFirst(sink, settings);
        RecordingPlayer.Script script =
                new RecordingPlayer.Script(
                        cluster.name(), options, speed, sources(cluster, configured));
        new RecordingPlayer(recording, schemas, configured, script).play();
    }

    /// Whether the recording says at which commits a repository was; reads it for that once.
    public boolean isNamingCommits() throws IOException {
        if (namesCommits == null) {
            namesCommits = readRefs();
        }
        return namesCommits;
    }

    /// The branches that an application can follow: those that the recording ever says, else those
    /// of the repository; reads the recording for that once.
    ///
    /// @return short names; empty without a repository
    public SortedSet<String> branches() throws IOException, SourceException {
        SortedSet<String> branches = new TreeSet<>();
        if (git == null) {
            return branches;
        }
        Set<String> refs = isNamingCommits() ? recordedRefs : git.mirror().heads().keySet();
        for (String ref : refs) {
            if (ref.startsWith(HEADS)) {
                branches.add(ref.substring(HEADS.length()));
            }
        }
        return branches;
    }

    private boolean readRefs() throws IOException {
        boolean found = false;
        try (RecordingReader reader = new RecordingReader(recording)) {
            for (RecordingLine line = reader.next(); line != null; line = reader.next()) {
                if (line instanceof RecordingLine.Git change) {
                    found = true;
                    recordedRefs.addAll(change.refs().keySet());
                }
            }
        }
        return found;
    }

    private RecordingPlayer.GitChange sources(ClusterRef cluster, IntakeSink sink)
            throws IOException, SourceException {
        if (git == null) {
            return RecordingPlayer.GitChange.NONE;
        }
        Map<String, String> standing = isNamingCommits() ? Map.of() : git.mirror().heads();
        return new Branches(
                new ReplayedSources(
                        cluster, git.mirror(), settings.applications(), git.rules(), sink),
                standing);
    }

    /// Moves the branches when the recording says so, or puts them up once where it never does.
    private record Branches(ReplayedSources followed, Map<String, String> standing)
            implements RecordingPlayer.GitChange {
        @Override
        public void changed(ClusterRef cluster, RecordingLine.Git change)
                throws InterruptedException {
            moved(change.refs(), change.at());
        }

        @Override
        public void began(ClusterRef cluster, Instant at) throws InterruptedException {
            if (!standing.isEmpty()) {
                moved(standing, at);
            }
        }

        private void moved(Map<String, String> refs, Instant at) throws InterruptedException {
            try {
                followed.moved(refs, at);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Says the settings right after the first record, which says who speaks.
    private static final class ConfiguredFirst implements IntakeSink {
        private final IntakeSink sink;
        private final RecorderConfig settings;
        private boolean said;

        ConfiguredFirst(IntakeSink sink, RecorderConfig settings) {
            this.sink = sink;
            this.settings = settings;
        }

        @Override
        public synchronized CompletionStage<Void> send(IntakeRecord record) {
            CompletionStage<Void> done = sink.send(record);
            if (!said) {
                said = true;
                done =
                        sink.send(
                                new IntakeRecord.ConfigChanged(
                                        record.cluster(), record.observedAt(), settings));
            }
            return done;
        }
    }
}
