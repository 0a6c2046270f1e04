package dev.driftledger.desired.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftledger.model.ObjectBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesYamlTest {
    private final KubernetesYaml yaml =
            new KubernetesYaml(new YamlLimits(200_000, 1_000, 100, 50_000));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yes|true",
                "NO|false",
                "on|true",
                "y|true",
                "0o17|15",
                "017|15",
                "08|8",
                "0x1F|31",
                "1:30|\"1:30\"",
                "~|null",
                "2001-01-01|\"2001-01-01\"",
                "1.0|1",
                "9223372036854775808|9223372036854775808",
                "1_000|1000",
                "!!str 1|\"1\""
            })
    void scalars_mean_what_kubernetes_takes_them_for(String text, String json) throws Exception {
        assertThat(
                        new String(
                                ObjectBytes.of(yaml.readOne(utf8("k: " + text))),
                                StandardCharsets.UTF_8))
                .isEqualTo("{\"k\":" + json + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a: 1\n---\nb: ]\n' | 2 | line 3: no valid YAML",
                "'---\na: 1\n---\n\nb: [\n' | 2 | line 6: no valid YAML",
                "'# only words\n---\na: 1\na: 2\n' | 1 | line 4: a key stands twice in one map",
                "'a: ]\n---\nb: 1\n' | 1 | line 1: no valid YAML"
            })
    void lines_are_those_of_the_file(String file, int document, String message) throws Exception {
        assertThat(yaml.readAll(utf8(file.replace("\\n", "\n"))))
                .contains(new YamlDocument.Broken(document, message));
    }

    @Test
    void a_bomb_of_aliases_is_refused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ",").repeat(9)).append("]\n");
        }
        assertThatThrownBy(() -> yaml.readOne(utf8(bomb.toString())))
                .isInstanceOf(YamlException.class)
                .hasMessageContaining("aliasing");
    }

    @Test
    void depth_is_limited_without_a_stack_overflow() {
        for (String open : List.of("[", "{a: ", "- ", "? ")) {
            assertThatThrownBy(() -> yaml.readOne(utf8(open.repeat(20_000))))
                    .as(open)
                    .isInstanceOf(YamlException.class)
                    .hasMessageContaining("deeper than 100");
        }
    }

    @Test
    void aliases_cannot_make_it_deeper_than_the_limit() {
        StringBuilder chain = new StringBuilder("a0: &a0 x\n");
        for (int i = 1; i < 150; i++) {
            chain.append("a").append(i).append(": &a").append(i).append(" [*a").append(i - 1);
            chain.append("]\n");
        }
        assertThatThrownBy(() -> yaml.readOne(utf8(chain.toString())))
                .hasMessageContaining("deeper than 100");
    }

    @Test
    void bytes_documents_and_nodes_are_limited() {
        assertThatThrownBy(() -> yaml.readOne(utf8("a: " + "x".repeat(200_001))))
                .hasMessageContaining("more than 200000 bytes");
        assertThatThrownBy(() -> yaml.readAll(utf8("a: 1\n---\n".repeat(1_001))))
                .hasMessageContaining("more than 1000 documents");
        assertThatThrownBy(() -> yaml.readOne(utf8("[" + "x,".repeat(49_998) + "x,x,x]")))
                .hasMessageContaining("more than 50000");
    }

    @Test
    void text_that_is_no_utf_8_is_refused() {
        byte[] utf16 = "a: 1\n".getBytes(StandardCharsets.UTF_16);
        assertThatThrownBy(() -> yaml.readAll(utf16)).hasMessageContaining("UTF-8");
    }

    @Test
    void json_objects_may_follow_each_other() throws Exception {
        assertThat(yaml.readAll(utf8("{\"a\":1} {\"b\":2}\n{\"c\":\"\\ud83d\\ude00\"}")))
                .extracting(document -> ((YamlDocument.Read) document).tree().toString())
                .containsExactly("{\"a\":1}", "{\"b\":2}", "{\"c\":\"\uD83D\uDE00\"}");
    }

    @Test
    void what_kubectl_silently_leaves_out_is_noticed() throws Exception {
        assertThat(yaml.readAll(utf8("a: 1\n...\nb: 2\n")))
                .containsExactly(new YamlDocument.Read(1, yaml.readOne(utf8("a: 1")), true));
    }

    @Test
    void no_value_appears_in_a_message() {
        for (String text :
                List.of(
                        "a: !!int hunter2",
                        "a: [hunter2",
                        "hunter2: 1\nhunter2: 1",
                        "*hunter2",
                        "a: \"\\qhunter2\"",
                        "a: &hunter2 [*hunter2]")) {
            assertThatThrownBy(() -> yaml.readOne(utf8(text)))
                    .as(text)
                    .isInstanceOf(YamlException.class)
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void random_bytes_give_a_document_or_a_yaml_exception() {
        long seed = 42;
        Random random = new Random(seed);
        String pieces = "ab:- \n\t'\"[]{},|>&*!#%@?~0123.\\\r\u0085\u2028\uFEFF";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(40); n > 0; n--) {
                text.append(pieces.charAt(random.nextInt(pieces.length())));
            }
            try {
                assertThat(yaml.readAll(utf8(text.toString()))).isNotNull();
            } catch (YamlException e) {
                assertThat(e.getMessage()).isNotEmpty();
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " round " + round + ": " + text, e);
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
