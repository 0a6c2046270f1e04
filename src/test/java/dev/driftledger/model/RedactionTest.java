package dev.driftledger.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RedactionTest {
    private static final ClusterRef CLUSTER = new ClusterRef("c-1", "one");
    private static final byte[] KEY =
            "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final String COPY = "kubectl.kubernetes.io/last-applied-configuration";
    private final Redaction redaction = new Redaction("k1", KEY);

    @Test
    void string_data_of_git_equals_data_of_the_cluster() {
        ObjectNode desired = redact("{'stringData':{'a':'hunter2'}}");
        ObjectNode live = redact("{'data':{'a':'aHVudGVyMg=='}}");
        assertThat(desired).isEqualTo(live);
        assertThat(live.at("/data/a").textValue()).matches("hmac-sha256:k1:[0-9a-f]{64}");
    }

    @Test
    void a_fingerprint_under_another_key_stays_as_it_is() {
        ObjectNode recorded = new Redaction("k2", KEY).redact(CLUSTER, redact("{'data':{'a':''}}"));
        assertThat(recorded.at("/data/a").textValue()).startsWith("hmac-sha256:k1:");
    }

    @Test
    void string_data_wins_over_data() {
        assertThat(redact("{'data':{'a':'eA==','b':'eQ=='},'stringData':{'a':'z'}}"))
                .isEqualTo(redact("{'data':{'a':'eg==','b':'eQ=='}}"));
    }

    @Test
    void line_breaks_in_base64_do_not_matter() {
        assertThat(redact("{'data':{'a':'aHVu\\r\\ndGVyMg==\\n'}}"))
                .isEqualTo(redact("{'data':{'a':'aHVudGVyMg=='}}"));
    }

    @Test
    void null_is_the_empty_value_with_a_mark_of_its_own() {
        String empty = redact("{'data':{'b':''}}").at("/data/b").textValue();

        assertThat(redact("{'data':{'b':null}}").at("/data/b").textValue())
                .isEqualTo(empty + ":null");
        assertThat(redact("{'stringData':{'b':null}}")).isEqualTo(redact("{'data':{'b':null}}"));
    }

    @Test
    void values_that_the_api_server_refuses_are_marked_and_differ_from_any_real_value() {
        ObjectNode odd =
                redact("{'data':{'a':'aHVudGVyMg','b':5,'c':['x']},'stringData':{'d':true}}");
        assertThat(odd.at("/data/a").textValue()).endsWith(":invalid-base64");
        assertThat(odd.at("/data/b").textValue()).endsWith(":not-text");
        assertThat(odd.at("/data/c").textValue()).endsWith(":not-text");
        assertThat(odd.at("/data/d").textValue()).endsWith(":not-text");
        assertThat(redaction.redact(CLUSTER, odd)).isSameAs(odd);
    }

    @Test
    void equal_values_in_different_places_have_different_fingerprints() {
        String base = redact("{'data':{'a':'eA=='}}").at("/data/a").textValue();
        ObjectNode otherName = secret("{'data':{'a':'eA=='}}");
        otherName.withObject("/metadata").put("name", "t");
        ObjectNode otherNamespace = secret("{'data':{'a':'eA=='}}");
        otherNamespace.withObject("/metadata").put("namespace", "n2");
        assertThat(
                        List.of(
                                redact("{'data':{'b':'eA=='}}").at("/data/b").textValue(),
                                redaction.redact(CLUSTER, otherName).at("/data/a").textValue(),
                                redaction.redact(CLUSTER, otherNamespace).at("/data/a").textValue(),
                                redaction
                                        .redact(
                                                new ClusterRef("c-2", "one"),
                                                secret("{'data':{'a':'eA=='}}"))
                                        .at("/data/a")
                                        .textValue()))
                .doesNotContain(base)
                .doesNotHaveDuplicates();
    }

    @Test
    void moving_a_character_from_the_name_to_the_key_changes_the_fingerprint() {
        ObjectNode one = secret("{'data':{'bc':'eA=='}}");
        one.withObject("/metadata").put("name", "a");
        ObjectNode two = secret("{'data':{'c':'eA=='}}");
        two.withObject("/metadata").put("name", "ab");
        assertThat(redaction.redact(CLUSTER, one).at("/data/bc"))
                .isNotEqualTo(redaction.redact(CLUSTER, two).at("/data/c"));
    }

    @Test
    void redacting_twice_changes_nothing() {
        ObjectNode once = redact("{'stringData':{'a':'x'},'stringdata':{'q':'y'}}");
        assertThat(redaction.redact(CLUSTER, once)).isSameAs(once);
        assertThat(once.has("stringData")).isFalse();
    }

    @Test
    void text_that_looks_like_a_fingerprint_is_not_believed_in_string_data() {
        String made = redact("{'data':{'a':'eA=='}}").at("/data/a").textValue();
        assertThat(redact("{'stringData':{'a':'" + made + "'}}").at("/data/a").textValue())
                .isNotEqualTo(made);
    }

    @Test
    void the_last_applied_copy_is_redacted_like_the_object() {
        ObjectNode live = secret("{'data':{'a':'aHVudGVyMg=='}}");
        live.withObject("/metadata")
                .withObject("/annotations")
                .put(COPY, "{\"kind\":\"ConfigMap\",\"stringData\":{\"a\":\"hunter2\"}}");
        ObjectNode redacted = redaction.redact(CLUSTER, live);
        String copy = redacted.at("/metadata/annotations").path(COPY).textValue();
        assertThat(copy).contains(redacted.at("/data/a").textValue()).doesNotContain("hunter2");
        assertThat(redaction.redact(CLUSTER, redacted)).isSameAs(redacted);
    }

    @Test
    void a_last_applied_copy_that_cannot_be_read_is_taken_out() {
        for (String bad : List.of("hunter2{", "[\"hunter2\"]", "{\"a\":1,\"a\":\"hunter2\"}")) {
            ObjectNode live = secret("{}");
            live.withObject("/metadata").withObject("/annotations").put(COPY, bad);
            assertThat(redaction.redact(CLUSTER, live).at("/metadata/annotations").path(COPY))
                    .hasToString("\"" + Redaction.UNREADABLE + "\"");
        }
    }

    @Test
    void secrets_inside_of_lists_are_redacted() {
        ObjectNode list =
                json(
                        "{'apiVersion':'v1','kind':'List','items':[{'kind':'SecretList',"
                                + "'items':[{'stringData':{'a':'hunter2'}}]}]}");
        assertThat(redaction.redact(CLUSTER, list).toString())
                .contains("hmac-sha256:k1:")
                .doesNotContain("hunter2");
    }

    @Test
    void other_objects_come_back_as_they_are() {
        ObjectNode map = json("{'apiVersion':'v1','kind':'ConfigMap','data':{'a':'eA=='}}");
        assertThat(redaction.redact(CLUSTER, map)).isSameAs(map);
        ObjectNode foreign = json("{'apiVersion':'x.io/v1','kind':'Secret','data':{'a':'eA=='}}");
        assertThat(redaction.redact(CLUSTER, foreign)).isSameAs(foreign);
    }

    @Test
    void configured_paths_are_redacted_whatever_the_order_of_the_list() {
        Redaction paths =
                new Redaction(
                        "k1", KEY, List.of("apps/Deployment:/spec/env/*/value", "/Pod:/a~1b"));
        ObjectNode desired =
                json(
                        "{'apiVersion':'apps/v1','kind':'Deployment','spec':{'env':["
                                + "{'name':'A','value':'hunter2'},{'name':'B','value':7}]}}");
        ObjectNode live =
                json(
                        "{'apiVersion':'apps/v1','kind':'Deployment','spec':{'env':["
                                + "{'name':'B','value':7},{'name':'A','value':'hunter2'}]}}");
        ObjectNode one = paths.redact(CLUSTER, desired);
        ObjectNode two = paths.redact(CLUSTER, live);
        assertThat(one.at("/spec/env/0")).isEqualTo(two.at("/spec/env/1"));
        assertThat(one.at("/spec/env/1")).isEqualTo(two.at("/spec/env/0"));
        assertThat(one.toString()).doesNotContain("hunter2");
        assertThat(paths.redact(CLUSTER, one)).isSameAs(one);
        ObjectNode pod = json("{'apiVersion':'v1','kind':'Pod','a/b':'hunter2'}");
        assertThat(paths.redact(CLUSTER, pod).toString()).doesNotContain("hunter2");
    }

    @Test
    void wrong_settings_are_refused_by_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Redaction("k:1", KEY))
                .withMessageContaining("key id");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Redaction("k1", new byte[3]))
                .withMessageContaining("3 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Redaction("k1", KEY, List.of("Pod")))
                .withMessageContaining("group/kind:/json/pointer");
    }

    @Test
    void no_value_ever_comes_out_of_a_secret() {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            String value = "SeCrEt" + Long.toHexString(random.nextLong());
            String encoded =
                    Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
            String used = random.nextBoolean() ? value : encoded;
            String inner =
                    switch (random.nextInt(6)) {
                        case 0 -> "{'data':{'a':'%s'}}";
                        case 1 -> "{'stringData':{'a':'%s','b':['%s']}}";
                        case 2 -> "{'data':'%s'}";
                        case 3 -> "{'data':{'a':{'b':'%s'}},'stringData':['%s']}";
                        case 4 -> "{'Data':{'a':'%s'},'stringdata':{'x':'%s'}}";
                        default -> "{'data':{'a':null},'stringData':{'a':'%s'}}";
                    };
            ObjectNode object = secret(inner.replace("%s", used));
            ObjectNode copy = object.deepCopy();
            object.withObject("/metadata")
                    .withObject("/annotations")
                    .put(COPY, copy.toString().substring(random.nextInt(2)));
            String out = redaction.redact(CLUSTER, object).toString();
            assertThat(out).as("seed %d round %d", seed, round).doesNotContain(value, encoded);
        }
    }

    private ObjectNode redact(String fields) {
        return redaction.redact(CLUSTER, secret(fields));
    }

    private static ObjectNode secret(String fields) {
        ObjectNode secret =
                json("{'apiVersion':'v1','kind':'Secret','metadata':{'namespace':'n','name':'s'}}");
        secret.setAll(json(fields));
        return secret;
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode)
                    Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
