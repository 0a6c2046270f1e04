package dev.driftledger.desired.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Files of a few bytes that want much memory or time, with the limits that the service has: each
/// is refused with one sentence.
class YamlBombTest {
    private final KubernetesYaml yaml = new KubernetesYaml(YamlLimits.DEFAULTS);

    private record Bomb(String name, String text, String message) {}

    @TestFactory
    Stream<DynamicTest> a_bomb_is_refused_with_one_sentence() {
        return Stream.of(
                        new Bomb("aliases", laughs("[", "]", ","), "excessive aliasing"),
                        new Bomb("merge keys", merges(), "excessive aliasing"),
                        new Bomb("lists of merge keys", mergedLists(), "excessive aliasing"),
                        new Bomb("lists", "[".repeat(900_000), "deeper than 500"),
                        new Bomb("maps", "{a: ".repeat(400_000), "deeper than 500"),
                        new Bomb("entries", "- ".repeat(900_000), "deeper than 500"),
                        new Bomb("explicit keys", "? ".repeat(900_000), "deeper than 500"),
                        new Bomb("indentation", indented(), "deeper than 500"),
                        new Bomb("nodes", "[" + "1,".repeat(1_000_001) + "1]", "1000000 nodes"),
                        new Bomb("a long text", "a: " + "x".repeat(2 << 20), "2097152 bytes"),
                        new Bomb("wide letters", "a: " + "\u20ac".repeat(1 << 20), "2097152 bytes"))
                .map(bomb ->
                        DynamicTest.dynamicTest(
                                bomb.name,
                                () ->
                                        assertThatThrownBy(() -> yaml.readOne(utf8(bomb.text)))
                                                .isInstanceOf(YamlException.class)
                                                .hasMessageContaining(bomb.message)));
    }

    @Test
    void long_numbers_of_all_kinds_are_read_without_much_stack() throws Exception {
        String ones = "1_1".repeat(200_000);
        for (String number : List.of("." + ones, ones, "." + ones + "e" + ones, "0x" + ones)) {
            assertThat(yaml.readOne(utf8("a: " + number)).path("a").isMissingNode()).isFalse();
        }
    }

    @Test
    void aliases_of_many_documents_count_together() {
        StringBuilder file = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            file.append("a: &a [").append("1,".repeat(30)).append("]\n");
            file.append("b: [").append("*a,".repeat(30)).append("]\n---\n");
        }
        assertThatThrownBy(() -> yaml.readAll(utf8(file.toString())))
                .hasMessageContaining("aliases stand for more than 1000000 nodes");
    }

    @Test
    void json_has_the_limits_of_yaml() throws Exception {
        KubernetesYaml small = new KubernetesYaml(new YamlLimits(300, 3, 4, 20));
        String deep = "{\"a\":".repeat(5) + "1" + "}".repeat(5);
        String wide = "{\"a\":[" + "1,".repeat(20) + "1]}";
        String big = "{\"a\":\"" + "x".repeat(300) + "\"}";
        assertThat(small.readAll(utf8(deep + wide + big)))
                .containsExactly(
                        new YamlDocument.Broken(
                                1, "nests deeper than 4 levels (driftledger.desired.depth-max)"),
                        new YamlDocument.Broken(
                                2, "more than 20 nodes (driftledger.desired.nodes-max)"),
                        new YamlDocument.Broken(
                                3,
                                "document has more than 300 bytes"
                                        + " (driftledger.desired.document-bytes-max)"));
        assertThatThrownBy(() -> small.readAll(utf8("{} ".repeat(4))))
                .hasMessageContaining("more than 3 documents");
    }

    @Test
    void numbers_of_json_are_those_of_yaml() throws Exception {
        String numbers = "[1.0,1e3,0.1,-0.0,1e-999999999,123456789012345678901234567890]";
        List<YamlDocument> json = yaml.readAll(utf8("{\"a\":" + numbers + "}"));
        JsonNode same = yaml.readOne(utf8("a: " + numbers));
        assertThat(((YamlDocument.Read) json.getFirst()).tree()).isEqualTo(same);
        assertThat(yaml.readAll(utf8("{\"a\":1e999999999}")))
                .containsExactly(
                        new YamlDocument.Broken(
                                1, "a number is beyond what JSON of Kubernetes can hold"));
    }

    private static String laughs(String open, String close, String between) {
        StringBuilder bomb = new StringBuilder("a0: &a0 " + open + "x" + close + "\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" ").append(open);
            bomb.append(("*a" + (i - 1) + between).repeat(9)).append(close).append("\n");
        }
        return bomb.toString();
    }

    private static String merges() {
        StringBuilder bomb = new StringBuilder("a0: &a0 {x: 1, y: 2, z: 3}\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" {");
            bomb.append(("<<: *a" + (i - 1) + ", ").repeat(9)).append("k: 1}\n");
        }
        return bomb.toString();
    }

    private static String mergedLists() {
        StringBuilder bomb = new StringBuilder("a0: &a0 {x: 1, y: 2, z: 3}\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" {<<: [");
            bomb.append(("*a" + (i - 1) + ",").repeat(9)).append("]}\n");
        }
        return bomb.toString();
    }

    private static String indented() {
        StringBuilder bomb = new StringBuilder();
        for (int i = 0; i < 1_500; i++) {
            bomb.append(" ".repeat(i)).append("a:\n");
        }
        return bomb.toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
