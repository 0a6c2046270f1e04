package dev.driftledger.desired;

import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.Redaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A git repository with its mirror, and what reads a source from it.
abstract class SourceLab {
    static final ClusterRef CLUSTER = new ClusterRef("c-1", "one");
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final long MUCH = 1 << 30;
    static final String CART =
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: cart\ndata: {a: '1'}\n";

    @TempDir Path temp;
    GitFixture git;
    GitMirror mirror;

    @BeforeEach
    void open() throws Exception {
        git = new GitFixture(temp.resolve("origin.git"));
        mirror = GitMirror.open(git.url(), temp.resolve("mirror.git"), List.of("file"));
    }

    @AfterEach
    void close() {
        mirror.close();
        git.close();
    }

    Rendering render(SourceReader reader) throws SourceException {
        return reader.render(mirror.fetchBranch("main", MINUTE, MUCH));
    }

    SourceReader reader(String path) {
        return reader(path, SourceLimits.DEFAULTS);
    }

    SourceReader reader(String path, SourceLimits limits) {
        return new SourceReader(
                mirror,
                CLUSTER,
                application(path),
                new SourceReader.Rules(redaction(), limits, Set.of()));
    }

    static Redaction redaction() {
        return new Redaction("k1", new byte[32]);
    }

    RecorderConfig.Application application(String path) {
        return new RecorderConfig.Application(
                new ApplicationId("none", "shop", "cart"),
                git.url(),
                "main",
                path,
                Duration.ofMinutes(10),
                new RecorderConfig.AppliedBy(RecorderConfig.AppliedBy.Kind.HEAD, null));
    }

    static String named(String kind, String name) {
        return "apiVersion: v1\nkind: " + kind + "\nmetadata: {name: " + name + "}\n";
    }
}
