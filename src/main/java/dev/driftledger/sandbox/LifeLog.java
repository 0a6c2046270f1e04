package dev.driftledger.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// The steps of the scripted life: announced as they happen, kept in `life.jsonl`, the newest 200.
public final class LifeLog {
    private static final int KEPT_MAX = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Consumer<String> announce;
    private final Deque<LifeStep> steps = new ArrayDeque<>();

    /// Goes on after what `file` holds. Each new step is given to `announce` as one line.
    public LifeLog(Path file, Consumer<String> announce) {
        this.file = file;
        this.announce = announce;
        steps.addAll(read(file));
    }

    /// The steps in that file, oldest first; none where there is no file.
    public static List<LifeStep> read(Path file) {
        return Files.exists(file)
                ? Folders.read(file).lines().filter(l -> !l.isBlank()).map(LifeLog::parse).toList()
                : List.of();
    }

    /// The newest steps, oldest first.
    public synchronized List<LifeStep> steps() {
        return List.copyOf(steps);
    }

    synchronized void add(Instant at, String actor, String did) {
        int number = steps.isEmpty() ? 1 : steps.getLast().number() + 1;
        steps.addLast(new LifeStep(number, at, actor, did));
        while (steps.size() > KEPT_MAX) {
            steps.removeFirst();
        }
        StringBuilder lines = new StringBuilder();
        steps.forEach(step -> lines.append(line(step)).append('\n'));
        Folders.replace(file, lines.toString());
        announce.accept("step " + number + "  " + actor + " " + did);
    }

    private static String line(LifeStep step) {
        ObjectNode line = JSON.createObjectNode();
        line.put("number", step.number()).put("at", step.at().toString());
        return line.put("actor", step.actor()).put("did", step.did()).toString();
    }

    private static LifeStep parse(String line) {
        try {
            JsonNode step = JSON.readTree(line);
            Instant at = Instant.parse(step.path("at").asText());
            int number = step.path("number").asInt();
            return new LifeStep(number, at, step.path("actor").asText(), step.path("did").asText());
        } catch (JsonProcessingException e) {
            throw new SandboxException("life.jsonl has a broken line; delete the file", e);
        }
    }
}
