package dev.driftledger.desired.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever the bytes, reading ends with documents within the limits or with a [YamlException].
class YamlFuzzTest {
    private static final YamlLimits LIMITS = new YamlLimits(2_000, 20, 30, 500);
    private static final int ROUNDS = 30_000;
    private static final long SEED = 20_261_122;

    private final KubernetesYaml yaml = new KubernetesYaml(LIMITS);

    @Test
    void random_bytes() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            check(bytes, round);
        }
    }

    @Test
    void documents_of_the_corpus_with_bytes_changed_moved_and_repeated() throws Exception {
        // Given
        List<byte[]> corpus = new ArrayList<>();
        for (JsonNode line : YamlGoldenTest.corpus()) {
            corpus.add(line.path("text").textValue().getBytes(StandardCharsets.UTF_8));
        }
        Random random = new Random(SEED);
        // When
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = corpus.get(random.nextInt(corpus.size())).clone();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                bytes = mutated(random, bytes, corpus.get(random.nextInt(corpus.size())));
            }
            // Then
            check(bytes, round);
        }
    }

    private static byte[] mutated(Random random, byte[] bytes, byte[] other) {
        int at = random.nextInt(bytes.length + 1);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String more = new String(other, StandardCharsets.ISO_8859_1);
        int from = random.nextInt(more.length() + 1);
        String piece = more.substring(from, Math.min(more.length(), from + random.nextInt(30)));
        String mutated =
                switch (random.nextInt(4)) {
                    case 0 -> text.substring(0, at) + piece + text.substring(at);
                    case 1 -> text.substring(0, at) + (char) random.nextInt(256) + rest(text, at);
                    case 2 -> text.substring(0, at) + piece.repeat(random.nextInt(60)) + piece;
                    default -> text.substring(at) + "\n---\n" + text.substring(0, at);
                };
        return mutated.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String rest(String text, int at) {
        return text.substring(Math.min(text.length(), at + 1));
    }

    private void check(byte[] bytes, int round) {
        try {
            List<YamlDocument> documents = yaml.readAll(bytes);
            assertThat(documents).hasSizeLessThanOrEqualTo(LIMITS.documentsMax());
            for (YamlDocument document : documents) {
                switch (document) {
                    case YamlDocument.Read(_, JsonNode tree, _) -> {
                        assertThat(nodesCount(tree)).isLessThanOrEqualTo(LIMITS.nodesMax());
                        assertThat(depth(tree)).isLessThanOrEqualTo(LIMITS.depthMax());
                    }
                    case YamlDocument.Broken(_, String message) -> requireOneLine(message);
                }
            }
        } catch (YamlException e) {
            requireOneLine(e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(
                    "seed " + SEED + " round " + round + ": " + java.util.Arrays.toString(bytes),
                    e);
        }
    }

    private static void requireOneLine(String message) {
        assertThat(message).isNotBlank().hasSizeLessThan(120).doesNotContain("\n");
    }

    private static int nodesCount(JsonNode tree) {
        int count = 1;
        for (JsonNode child : tree) {
            count += nodesCount(child);
        }
        return count;
    }

    private static int depth(JsonNode tree) {
        int deepest = 0;
        for (JsonNode child : tree) {
            deepest = Math.max(deepest, depth(child));
        }
        return deepest + (tree.isContainerNode() ? 1 : 0);
    }
}
