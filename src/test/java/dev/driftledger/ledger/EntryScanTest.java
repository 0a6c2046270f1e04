package dev.driftledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The quick reader must never say more than the thorough one.
class EntryScanTest {
    private static final String BODY =
            "{\"a\":[],\"b\":[1,-2,{\"c\":null}],\"d\":{},"
                    + "\"e\":\"x\\\"\\\\\\n\",\"f\":true,\"g\":false}";

    private static Entry full(String body) throws IOException {
        ObjectNode tree = (ObjectNode) Json.parse(body.getBytes(StandardCharsets.UTF_8));
        Instant time = Instant.parse("2028-02-29T23:59:59.999Z");
        return new Entry(
                1,
                EntryType.FINDING_OPENED,
                "e-1",
                new Entry.Source("recorder", "0.1"),
                12,
                Digest.of(new byte[] {1}),
                time,
                time,
                new ClusterRef("u-1", "prod x"),
                new Entry.Actor("human", "ada", "audit", "high"),
                new Entry.Subject("apps", "v1", "Deployment", "shop", "cart", "u", "42"),
                new TreeMap<>(
                        Map.of("a", Digest.of(new byte[] {2}), "b", Digest.of(new byte[] {4}))),
                tree,
                new Entry.BlobRef(Digest.of(new byte[] {3}), 0, "text/plain"),
                "c",
                "s",
                "x");
    }

    private static List<Entry> entries() throws IOException {
        Entry full = full(BODY);
        Entry sparse =
                new Entry(
                        1,
                        EntryType.STARTUP,
                        "e",
                        new Entry.Source("", ""),
                        0,
                        null,
                        full.observedAt(),
                        full.recordedAt(),
                        full.cluster(),
                        null,
                        null,
                        new TreeMap<>(),
                        null,
                        null,
                        null,
                        null,
                        null);
        return List.of(full, sparse);
    }

    private static @Nullable EntryFacts scan(byte[] bytes) {
        byte[] within = new byte[bytes.length + 7];
        Arrays.fill(within, (byte) '9');
        System.arraycopy(bytes, 0, within, 3, bytes.length);
        return EntryScan.scan(within, 3, bytes.length);
    }

    private static void assertNoMoreThanParse(byte[] bytes, long seed) {
        EntryFacts facts = scan(bytes);
        if (facts != null) {
            assertThat(EntryFacts.of(Entry.parse(bytes))).as("seed %d", seed).isEqualTo(facts);
        }
    }

    @Test
    void facts_of_common_entries_are_those_that_parse_finds() throws IOException {
        for (Entry entry : entries()) {
            assertThat(scan(entry.bytes())).isEqualTo(EntryFacts.of(entry));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1.5}",
                "{\"a\":\"\u20ac\"}",
                "{\"a\":\"\\u0001\"}",
                "{\"a\":9007199254740991}"
            })
    void what_is_uncommon_is_left_to_parse(String body) throws IOException {
        assertThat(scan(full(body).bytes())).isNull();
    }

    @Test
    void types_whose_body_is_read_are_left_to_parse() {
        for (byte[] entry : SampleLog.ofSize(1).entries()) {
            assertThat(scan(entry)).isNull();
            assertThat(EntryFacts.of(Entry.parse(entry)).body()).isNotNull();
        }
    }

    @Test
    void every_single_byte_change_is_judged_as_parse_does() throws IOException {
        for (Entry entry : entries()) {
            byte[] good = entry.bytes();
            for (int i = 0; i < good.length; i++) {
                for (char c : "\"\\{}[]:,0123459-+.eEaxyzAZ \n\u007f\u00ff\u0000".toCharArray()) {
                    byte[] changed = good.clone();
                    changed[i] = (byte) c;
                    assertNoMoreThanParse(changed, 0);
                }
            }
        }
    }

    @Test
    void random_splices_are_judged_as_parse_does() throws IOException {
        // Given
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] good = full(BODY).bytes();
        for (int round = 0; round < 10_000; round++) {
            // When
            int from = random.nextInt(good.length);
            int to = from + random.nextInt(Math.min(30, good.length - from));
            int into = random.nextInt(good.length);
            int skipped = random.nextInt(Math.min(30, good.length - into));
            byte[] spliced = new byte[into + (to - from) + (good.length - into - skipped)];
            System.arraycopy(good, 0, spliced, 0, into);
            System.arraycopy(good, from, spliced, into, to - from);
            System.arraycopy(
                    good, into + skipped, spliced, into + to - from, good.length - into - skipped);
            // Then
            assertNoMoreThanParse(spliced, seed);
        }
    }

    @Test
    void depth_is_limited_as_parse_limits_it() throws IOException {
        for (int depth : new int[] {97, 98, 99, 100, 101}) {
            String nested = "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
            String head = new String(full("{\"a\":1}").bytes(), StandardCharsets.UTF_8);
            byte[] bytes = head.replace("{\"a\":1}", nested).getBytes(StandardCharsets.UTF_8);
            assertThat(scan(bytes) != null).as("depth %d", depth).isEqualTo(depth <= 98);
            assertNoMoreThanParse(bytes, 0);
        }
    }
}
