package dev.driftledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryTest {
    private static final Instant TIME = Instant.parse("2026-11-22T14:47:23.7105Z");

    private static Entry entry(EntryType type, @Nullable ObjectNode body) {
        return new Entry(
                1,
                type,
                "e-1",
                new Entry.Source("recorder", "0.1.0"),
                1,
                Digest.of(new byte[] {1}),
                TIME,
                TIME,
                new ClusterRef("uid-1", "prod"),
                new Entry.Actor("human", "ada", "managedFields", "high"),
                new Entry.Subject("apps", "v1", "Deployment", "shop", "cart", "u", "42"),
                new TreeMap<>(Map.of("live", Digest.of(new byte[] {2}))),
                body,
                new Entry.BlobRef(Digest.of(new byte[] {3}), 70_000, "application/json"),
                "c-1",
                "e-0",
                "finding/1");
    }

    private static String text(Entry entry) {
        return new String(entry.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void bytes_are_canonical_json_of_all_fields() {
        // Given
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("z", 1).put("a", "\u20ac");
        // When
        String text = text(entry(EntryType.FINDING_OPENED, body));
        // Then
        String two = "dbc1b4c900ffe48d575b5da5c638040125f65db0fe3e24494b76ea986457d986";
        String three = "084fed08b978af4d7d196a7446a86b58009e636b611db16211b65a9aadff29c5";
        String one = "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a";
        assertThat(text)
                .isEqualTo(
                        "{\"actor\":{\"confidence\":\"high\",\"kind\":\"human\",\"ref\":\"ada\","
                                + "\"via\":\"managedFields\"},"
                                + "\"blob\":{\"mediaType\":\"application/json\",\"sha256\":\""
                                + three
                                + "\",\"size\":70000},\"body\":{\"a\":\"\u20ac\",\"z\":1},"
                                + "\"cluster\":{\"name\":\"prod\",\"uid\":\"uid-1\"},"
                                + "\"correlation\":\"c-1\",\"digests\":{\"live\":\""
                                + two
                                + "\"},\"id\":\"e-1\",\"observedAt\":\"2026-11-22T14:47:23.710Z\","
                                + "\"prev\":\""
                                + one
                                + "\",\"recordedAt\":\"2026-11-22T14:47:23.710Z\","
                                + "\"schema\":\"finding/1\",\"seq\":1,"
                                + "\"source\":{\"id\":\"recorder\",\"version\":\"0.1.0\"},"
                                + "\"subject\":{\"group\":\"apps\",\"kind\":\"Deployment\","
                                + "\"name\":\"cart\",\"namespace\":\"shop\","
                                + "\"resourceVersion\":\"42\",\"uid\":\"u\",\"version\":\"v1\"},"
                                + "\"supersedes\":\"e-0\",\"type\":\"finding.opened\",\"v\":1}");
    }

    @ParameterizedTest
    @EnumSource(EntryType.class)
    void every_type_reads_back(EntryType type) {
        Entry entry = entry(type, null);
        assertThat(Entry.parse(entry.bytes())).isEqualTo(entry);
        assertThat(EntryType.ofWireName(type.wireName())).isEqualTo(type);
    }

    @Test
    void what_is_absent_is_left_out_and_reads_back() {
        // Given
        Entry entry =
                new Entry(
                        1,
                        EntryType.STARTUP,
                        "e-0",
                        new Entry.Source("recorder", "0.1.0"),
                        0,
                        null,
                        TIME,
                        TIME,
                        new ClusterRef("uid-1", "prod"),
                        null,
                        null,
                        new TreeMap<>(),
                        null,
                        null,
                        null,
                        null,
                        null);
        // Then
        assertThat(text(entry)).doesNotContain("null", "digests", "body", "prev", "actor");
        assertThat(Entry.parse(entry.bytes())).isEqualTo(entry);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"v\":1}|\"v\":2}",
                "\"v\":1}|\"v\":1,\"w\":1}",
                "\"v\":1}|\"v\":1.0}",
                "\"v\":1}|\"v\": 1}",
                "\"v\":1}|\"v\":1} ",
                "finding.opened|finding.closed",
                "\"seq\":1|\"seq\":-1",
                "\"seq\":1|\"seq\":\"1\"",
                "\"seq\":1|\"seq\":0",
                "\"kind\":\"human\"|\"kind\":null",
                ".710Z|.71Z",
                ".710Z|.710+00:00",
                "uid-1|uid 1",
                "\"live\":\"dbc1|\"live\":\"DBC1",
                "\"live\":\"dbc1|\"live\":\"",
                "prod|pr\\u006fd",
                "\"id\":\"e-1\"|\"id\":\"\"",
                "\"correlation\":\"c-1\"|\"correlation\":null",
                "\"ref\":\"ada\"|\"ref\":\"ada\",\"ref\":\"bob\"",
                "\"digests\":{|\"digests\":{},\"x\":{"
            })
    void anything_but_the_canonical_bytes_of_an_entry_is_refused(String change) {
        // Given
        String good = text(entry(EntryType.FINDING_OPENED, null));
        String[] parts = change.split("\\|", 2);
        assertThat(good).contains(parts[0]);
        // When
        byte[] bad = good.replace(parts[0], parts[1]).getBytes(StandardCharsets.UTF_8);
        // Then
        assertThatThrownBy(() -> Entry.parse(bad)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void size_of_an_entry_is_limited() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("a", "x".repeat(65_000));
        assertThatThrownBy(() -> entry(EntryType.SNAPSHOT, body).bytes())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65535");
        assertThatThrownBy(() -> Entry.parse(new byte[0])).hasMessageContaining("1 to 65535");
        assertThatThrownBy(() -> Entry.parse(new byte[65_536])).hasMessageContaining("1 to 65535");
    }
}
