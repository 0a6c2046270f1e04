package dev.driftledger.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A log that is built in memory the way a store builds one, and its files. Tests break it on
/// purpose.
public final class SampleLog {
    static final String ORIGIN = "evidence.example.com/cluster-a";

    final SigningKey key = SigningKey.generate(ORIGIN, new SecureRandom());
    private final List<byte[]> entries = new ArrayList<>();
    private final SortedMap<String, byte[]> blobs = new TreeMap<>();
    private final SortedSet<Integer> published = new TreeSet<>();
    private final Map<String, Integer> lastOfSource = new HashMap<>();
    private final Map<String, Long> seqs = new HashMap<>();
    private Instant now = Instant.parse("2026-11-22T14:00:00Z");

    /// A log that begins with a scope which allows 60 s of silence, then has observations.
    public static SampleLog ofSize(int size) {
        SampleLog log = new SampleLog();
        log.add("recorder", EntryType.SCOPE, body().put("silenceSeconds", 60));
        for (int i = 1; i < size; i++) {
            log.pass(Duration.ofMillis(10));
            String source = i % 7 == 0 ? "audit" : "recorder";
            log.add(source, EntryType.OBJECT_OBSERVED, body().put("n", i));
        }
        return log;
    }

    static ObjectNode body() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// The key that signs.
    public VerifierKey verifierKey() {
        return key.verifierKey();
    }

    SampleLog pass(Duration time) {
        now = now.plus(time);
        return this;
    }

    Instant now() {
        return now;
    }

    SampleLog add(String source, EntryType type, ObjectNode body) {
        return add(source, type, body, new TreeMap<>());
    }

    SampleLog addWithBlob(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.of(bytes);
        String hex = digest.hex();
        blobs.put("blobs/sha256/" + hex.substring(0, 2) + "/" + hex, bytes);
        SortedMap<String, Digest> digests = new TreeMap<>(Map.of("live", digest));
        return add("recorder", EntryType.OBJECT_OBSERVED, body(), digests);
    }

    private SampleLog add(
            String source, EntryType type, ObjectNode body, SortedMap<String, Digest> digests) {
        Integer last = lastOfSource.get(source);
        Digest prev = last == null ? null : Digest.of(entries.get(last));
        long seq = seqs.merge(source, 1L, Long::sum) - 1;
        lastOfSource.put(source, entries.size());
        Entry entry =
                new Entry(
                        1,
                        type,
                        "e-" + entries.size(),
                        new Entry.Source(source, "0.1.0"),
                        seq,
                        prev,
                        now,
                        now,
                        new ClusterRef("uid-1", "prod"),
                        null,
                        null,
                        digests,
                        body,
                        null,
                        null,
                        null,
                        null);
        entries.add(entry.bytes());
        return this;
    }

    /// Replaces bytes before anything is signed, so that all signatures will be right.
    SampleLog rewrite(int index, String find, String replacement) {
        String text = new String(entries.get(index), StandardCharsets.UTF_8);
        if (!text.contains(find)) {
            throw new AssertionError(find + " is not in " + text);
        }
        entries.set(index, text.replace(find, replacement).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    SampleLog remove(int index) {
        entries.remove(index);
        return this;
    }

    SampleLog swap(int one, int other) {
        Collections.swap(entries, one, other);
        return this;
    }

    /// Stores a checkpoint of the present size.
    SampleLog publish() {
        published.add(entries.size());
        return this;
    }

    List<byte[]> entries() {
        return entries;
    }

    /// All files by path.
    SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> files = new TreeMap<>(blobs);
        MemoryTree tree = MemoryTree.of(entries);
        int size = entries.size();
        for (int level = 0; TilePath.hashes(level, size) > 0; level++) {
            List<Digest> hashes = tree.level(level);
            for (long index = 0; index * 256 < hashes.size(); index++) {
                TilePath path = TilePath.inTree(level, index, size);
                int from = Math.toIntExact(index * 256);
                files.put(
                        path.path(), Tile.encodeHashes(hashes.subList(from, from + path.width())));
            }
        }
        for (int from = 0; from < size; from += 256) {
            TilePath path = TilePath.inTree(TilePath.ENTRIES, from / 256, size);
            files.put(path.path(), Tile.encodeEntries(entries.subList(from, from + path.width())));
        }
        for (int at : published) {
            files.put("checkpoints/" + at, checkpoint(Frontier.of(at, tree)));
        }
        files.put("checkpoint", checkpoint(tree.frontier()));
        files.put("key", (verifierKey().encode() + "\n").getBytes(StandardCharsets.UTF_8));
        return files;
    }

    byte[] checkpoint(Frontier frontier) {
        Checkpoint checkpoint = new Checkpoint(ORIGIN, frontier.size(), frontier.root());
        return Note.sign(checkpoint.text(), List.of(key)).bytes();
    }

    /// Writes all files below a folder.
    public void writeTo(Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    /// Files in memory as the verifier reads them.
    static LogFiles inMemory(SortedMap<String, byte[]> files) {
        return new LogFiles() {
            @Override
            public byte @Nullable [] read(String path, int sizeMaxBytes) {
                byte[] content = files.get(path);
                return content == null ? null : content.clone();
            }

            @Override
            public SortedSet<Long> checkpointSizes() {
                SortedSet<Long> sizes = new TreeSet<>();
                files.keySet().stream()
                        .filter(path -> path.matches("checkpoints/[0-9]+"))
                        .forEach(path -> sizes.add(Long.valueOf(path.substring(12))));
                return sizes;
            }

            @Override
            public SortedSet<String> paths() {
                return new TreeSet<>(files.keySet());
            }
        };
    }
}
