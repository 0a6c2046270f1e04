package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import dev.driftledger.model.Json;
import dev.driftledger.service.BundledSchemas;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Our comparator beside Argo CD's engine, `diff.Diff`: verdicts per second of CPU time from the
/// bytes of the same pairs, in turns, each side in a process of its own, and whether the verdicts
/// agree.
///
/// `java -cp … dev.driftledger.drift.PeerComparison PEER [rounds]`, PEER being the program of
/// `src/test/go/enginediff`. The pairs of [ComparatorBench] are timed; verdicts are compared for
/// every golden pair at rest and with one field changed. Ends with 1 when a verdict differs for no
/// reason that is written down here.
public final class PeerComparison {
    private static final double TARGET = 50;
    private static final String OURSELVES = "--ourselves";
    private static final String RATE = "perCpuSecond";
    private static final Duration WARM_UP = Duration.ofSeconds(6);
    private static final Duration LENGTH = Duration.ofSeconds(5);
    private static final long CLOCK_EVERY = 32;
    private static final long SEED = 1;
    private static final Set<String> TIMED =
            Set.of("kubectl-client-side-apply StatefulSet sts", "ci Deployment rich");

    /// Kind and name of pairs that the peer takes for different at rest → why it does.
    private static final Map<String, String> EXPLAINED =
            Map.of(
                    "ResourceClaim claim",
                    "the defaults allocationMode and count are not in its scheme",
                    "Deployment said-it-all",
                    "git says the amount 1M as the number 1000000",
                    "EndpointSlice eps",
                    "git says conditions: {}, the typed round trip drops it",
                    "ResourceClaimTemplate rct",
                    "the defaults allocationMode and count are not in its scheme",
                    "Service lb",
                    "git says clusterIP: \"\", which asks for an address",
                    "Secret sec",
                    "git says a null value, which the API server drops");

    private PeerComparison() {}

    /// One pair and whether somebody changed its live side.
    private record Case(String name, GoldenPair pair, boolean changed) {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals(OURSELVES)) {
            measure(Path.of(args[1]));
            return;
        }
        String peer = args[0];
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        List<Case> cases = cases();
        Path file = Files.createTempFile("pairs", ".jsonl");
        try {
            Files.writeString(file, lines(cases));
            boolean agree = agree(cases, answers(List.of(peer, file.toString())));
            Map<String, double[]> ours = new LinkedHashMap<>();
            Map<String, double[]> theirs = new LinkedHashMap<>();
            for (int round = 0; round < rounds; round++) {
                keep(answers(ourselves(file)), ours, rounds, round);
                keep(answers(List.of(peer, file.toString())), theirs, rounds, round);
            }
            ours.forEach((name, rates) -> print(name, rates, theirs.get(name)));
            System.exit(agree ? 0 : 1);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void keep(
            Map<String, JsonNode> answers, Map<String, double[]> rates, int rounds, int round) {
        for (JsonNode each : answers.values()) {
            if (each.has(RATE)) {
                rates.computeIfAbsent(each.path("name").asText(), _ -> new double[rounds])[round] =
                        each.path(RATE).asDouble();
            }
        }
    }

    private static List<String> ourselves(Path file) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                PeerComparison.class.getName(),
                OURSELVES,
                file.toString());
    }

    private static List<Case> cases() throws IOException {
        Random random = new Random(SEED);
        List<Case> cases = new ArrayList<>();
        for (GoldenPair pair : GoldenPair.all()) {
            cases.add(new Case(pair.name(), pair, false));
            ObjectNode live = pair.live().deepCopy();
            String change = LeafChange.change(pair.desired(), live, random);
            if (change != null) {
                cases.add(new Case(pair.name() + " " + change, pair.withLive(live), true));
            }
        }
        return cases;
    }

    private static String lines(List<Case> cases) {
        StringBuilder lines = new StringBuilder();
        for (Case each : cases) {
            ObjectNode line = Json.shared().createObjectNode();
            line.put("name", each.name()).put("timed", TIMED.contains(each.name()));
            line.put("desired", each.pair().desired().toString());
            line.put("live", each.pair().live().toString());
            lines.append(line).append('\n');
        }
        return lines.toString();
    }

    private static Map<String, JsonNode> answers(List<String> command) throws Exception {
        Process process =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " ended with " + process.exitValue());
        }
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            JsonNode answer = Json.shared().readTree(line);
            answers.put(answer.path("name").asText(), answer);
        }
        return answers;
    }

    /// Our side in a process of its own, as the peer is: one line for each timed pair.
    private static void measure(Path file) throws IOException {
        Schemas schemas = BundledSchemas.load();
        for (String line : Files.readAllLines(file)) {
            JsonNode each = Json.parse(line);
            if (each.path("timed").asBoolean()) {
                String name = each.path("name").asText();
                String applier = name.substring(0, name.indexOf(' '));
                byte[] desired = bytes(each.path("desired"));
                byte[] live = bytes(each.path("live"));
                repeat(applier, desired, live, schemas, WARM_UP);
                long cpu = cpuNanos();
                long count = repeat(applier, desired, live, schemas, LENGTH);
                double rate = count * 1e9 / (cpuNanos() - cpu);
                System.out.println(
                        Json.shared()
                                .createObjectNode()
                                .put("name", name)
                                .put("perCpuSecond", rate));
            }
        }
    }

    private static long repeat(
            String applier, byte[] desired, byte[] live, Schemas schemas, Duration length)
            throws IOException {
        long count = 0;
        long start = cpuNanos();
        while (count % CLOCK_EVERY != 0 || cpuNanos() - start < length.toNanos()) {
            ObjectNode wanted = (ObjectNode) Json.parse(desired);
            GoldenPair pair = new GoldenPair(applier, wanted, (ObjectNode) Json.parse(live));
            if (!(pair.judged(schemas) instanceof Verdict.InSync)) {
                throw new IllegalStateException("not in sync: " + pair.name());
            }
            count++;
        }
        return count;
    }

    private static byte[] bytes(JsonNode text) {
        return text.asText().getBytes(StandardCharsets.UTF_8);
    }

    /// Of all threads, garbage collection and compilation included.
    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    /// Prints every difference between the verdicts; false when one is not explained.
    private static boolean agree(List<Case> cases, Map<String, JsonNode> answers) {
        Schemas schemas = BundledSchemas.load();
        boolean explained = true;
        int same = 0;
        for (Case each : cases) {
            JsonNode answer = answers.getOrDefault(each.name(), Json.shared().missingNode());
            boolean ours = each.pair().judged(schemas) instanceof Verdict.Drifted;
            if (answer.has("modified")
                    && !answer.has("error")
                    && ours == answer.path("modified").asBoolean()) {
                same++;
                continue;
            }
            String reason = ours == each.changed() ? reason(each, answer) : null;
            explained &= reason != null;
            System.out.printf(
                    "%s: we say %s, the peer %s: %s%n",
                    each.name(),
                    ours ? "drifted" : "in sync",
                    answer,
                    reason == null ? "NOT EXPLAINED" : reason);
        }
        System.out.printf("verdicts agree for %d of %d pairs%n", same, cases.size());
        return explained;
    }

    private static @Nullable String reason(Case each, JsonNode answer) {
        if (each.changed()) {
            return answer.has("error") ? "it gives no verdict" : null;
        }
        if (each.pair().desired().has("aggregationRule")) {
            return "a controller fills in the rules of aggregated roles";
        }
        String name = each.pair().name();
        return EXPLAINED.get(name.substring(name.indexOf(' ') + 1));
    }

    private static void print(String name, double[] ours, double @Nullable [] theirs) {
        if (theirs == null) {
            throw new IllegalStateException("the peer did not time " + name);
        }
        double[] ratios = new double[ours.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ours[i] / theirs[i];
        }
        Arrays.sort(ratios);
        double median = ratios[ratios.length / 2];
        System.out.printf(
                Locale.ROOT,
                "%s: %.0f against %.0f per CPU second, ratio %.1f (%.1f to %.1f), target %.0f:"
                        + " %s%n",
                name,
                median(ours),
                median(theirs),
                median,
                ratios[0],
                ratios[ratios.length - 1],
                TARGET,
                median >= TARGET ? "met" : "SHORT OF THE TARGET");
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
