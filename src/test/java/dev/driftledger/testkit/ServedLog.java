package dev.driftledger.testkit;

import dev.driftledger.cli.VerifyCommand;
import dev.driftledger.ledger.Checkpoint;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.Note;
import dev.driftledger.ledger.Tile;
import dev.driftledger.ledger.TilePath;
import dev.driftledger.model.Digest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// A log, read through the files that an instance serves, as a stranger would.
public final class ServedLog {
    private static final int BUNDLE_COUNT = 256;

    private final ServiceProcess instance;
    private final String path;

    ServedLog(ServiceProcess instance, String cluster) {
        this.instance = instance;
        this.path = "/log/" + cluster + "/";
    }

    /// The newest signed checkpoint; null when none is served now.
    public @Nullable Checkpoint checkpoint() {
        return instance.read(path + "checkpoint")
                .map(bytes -> Checkpoint.parse(Note.parse(bytes).text()))
                .orElse(null);
    }

    /// All entries that the newest checkpoint covers, in order; none when it cannot be read now.
    public List<Entry> entries() {
        Checkpoint checkpoint = checkpoint();
        return checkpoint == null ? List.of() : entries(checkpoint.size());
    }

    private List<Entry> entries(long size) {
        List<Entry> entries = new ArrayList<>();
        for (long bundle = 0; bundle * BUNDLE_COUNT < size; bundle++) {
            TilePath tile = TilePath.inTree(TilePath.ENTRIES, bundle, size);
            byte[] bytes = instance.read(path + tile.path()).orElse(null);
            if (bytes == null) {
                return List.of();
            }
            Tile.decodeEntries(bytes).forEach(entry -> entries.add(Entry.parse(entry)));
        }
        return entries;
    }

    /// Content beside the log.
    ///
    /// @throws AssertionError when the instance does not serve it
    byte[] blob(Digest digest) {
        String hex = digest.hex();
        return instance.read(path + "blobs/sha256/" + hex.substring(0, 2) + "/" + hex)
                .orElseThrow(() -> new AssertionError("blob " + hex + " is not served"));
    }

    /// What `driftledger verify` says of it.
    public Verdict verify() {
        StringWriter out = new StringWriter();
        int code =
                new CommandLine(new VerifyCommand())
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(out))
                        .execute(instance.url() + path);
        return new Verdict(code, out.toString());
    }

    /// How a verification ended.
    ///
    /// @param code 0 when nothing failed
    /// @param report for people
    public record Verdict(int code, String report) {}
}
