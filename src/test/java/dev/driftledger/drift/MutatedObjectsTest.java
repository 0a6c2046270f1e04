package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Real objects of every built-in kind, spoiled in a few places.
@Tag("random")
class MutatedObjectsTest {
    private static final int ROUNDS = 6_000;

    @Test
    void no_spoiled_object_on_any_side_makes_the_comparison_throw() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<GoldenPair> pairs = GoldenPair.all();
        for (int round = 0; round < ROUNDS; round++) {
            GoldenPair pair = pairs.get(random.nextInt(pairs.size()));
            Comparison comparison =
                    new Comparison(
                            spoiled(pair.desired(), random),
                            spoiled(pair.live(), random),
                            new Comparison.Background(
                                    random.nextBoolean()
                                            ? List.of()
                                            : List.of(spoiled(pair.desired(), random)),
                                    random.nextBoolean() ? null : pair.applier(),
                                    random.nextBoolean()
                                            ? List.of()
                                            : List.of(spoiled(pair.live(), random))),
                            Comparison.Criteria.builtIn(ComparatorCases.SCHEMAS));
            try {
                Verdict verdict = Comparator.compare(comparison);
                assertThat(Comparator.compare(comparison)).isEqualTo(verdict);
                if (round % 4 == 0) {
                    assertThat(Explanation.of(comparison).verdict()).isEqualTo(verdict);
                }
            } catch (RuntimeException | StackOverflowError | AssertionError e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }

    @Test
    void a_spoiled_object_is_in_sync_with_itself() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<GoldenPair> pairs = GoldenPair.all();
        for (int round = 0; round < ROUNDS / 3; round++) {
            GoldenPair pair = pairs.get(random.nextInt(pairs.size()));
            ObjectNode object = spoiled(pair.live(), random);
            Verdict verdict =
                    Comparator.compare(
                            new Comparison(
                                    object,
                                    object.deepCopy(),
                                    Comparison.Background.appliedBy(null),
                                    Comparison.Criteria.builtIn(ComparatorCases.SCHEMAS)));
            assertThat(verdict)
                    .as("seed %d, round %d: %s", seed, round, object)
                    .isInstanceOf(Verdict.InSync.class);
        }
    }

    private static ObjectNode spoiled(JsonNode object, Random random) {
        ObjectNode spoiled = object.deepCopy();
        List<JsonNode> containers = new ArrayList<>();
        for (int count = random.nextInt(6); count > 0; count--) {
            containers.clear();
            collect(spoiled, containers);
            JsonNode around = containers.get(random.nextInt(containers.size()));
            JsonNode from = containers.get(random.nextInt(containers.size())).deepCopy();
            if (around instanceof ObjectNode fields) {
                spoil(fields, from, random);
            } else if (around instanceof ArrayNode items) {
                spoil(items, from, random);
            }
        }
        return spoiled;
    }

    private static void spoil(ObjectNode fields, JsonNode from, Random random) {
        if (fields.isEmpty()) {
            fields.set("a", from);
            return;
        }
        List<String> names = new ArrayList<>();
        fields.fieldNames().forEachRemaining(names::add);
        String name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(6)) {
            case 0 -> fields.remove(name);
            case 1 -> fields.set(name, RandomJson.node(random, 3));
            case 2 -> fields.set(name, from);
            case 3 -> fields.set(name + "x", fields.get(name));
            case 4 -> fields.putNull(name);
            default -> fields.set(name, TextNode.valueOf(fields.get(name).asText() + "0"));
        }
    }

    private static void spoil(ArrayNode items, JsonNode from, Random random) {
        if (items.isEmpty()) {
            items.add(from);
            return;
        }
        int index = random.nextInt(items.size());
        switch (random.nextInt(4)) {
            case 0 -> items.remove(index);
            case 1 -> items.add(items.get(index).deepCopy());
            case 2 -> items.insert(index, from);
            default -> items.set(index, RandomJson.node(random, 3));
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(each -> collect(each, containers));
        }
    }
}
