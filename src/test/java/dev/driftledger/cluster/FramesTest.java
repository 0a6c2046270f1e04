package dev.driftledger.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.Digest;
import dev.driftledger.model.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FramesTest {
    private static final class Taken implements LineFrames.Lines {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void line(byte[] buffer, int from, int to) {
            lines.add(new String(buffer, from, to - from, StandardCharsets.UTF_8));
        }

        @Override
        public void oversized(byte[] prefix, Digest digest, long sizeBytes) {
            lines.add("oversized " + sizeBytes + " " + digest + " " + prefix.length);
        }
    }

    private static Taken cut(byte[] stream, Random random, int lineBytesMax)
            throws InterruptedException {
        Taken taken = new Taken();
        LineFrames frames = new LineFrames(lineBytesMax);
        int at = 0;
        while (at < stream.length) {
            int size = Math.min(stream.length - at, 1 + random.nextInt(40));
            frames.feed(ByteBuffer.wrap(stream, at, size), taken);
            at += size;
        }
        return taken;
    }

    @Test
    void lines_come_out_whole_however_they_are_chunked() throws InterruptedException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            // Given
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(10); i++) {
                lines.add("é".repeat(random.nextInt(60)) + i);
            }
            byte[] stream =
                    (String.join("\n", lines) + "\ncut off").getBytes(StandardCharsets.UTF_8);

            // When
            Taken taken = cut(stream, random, 10_000);

            // Then
            assertThat(taken.lines).as("seed %d", seed).isEqualTo(lines);
        }
    }

    @Test
    void a_line_over_the_limit_is_named_by_its_digest_and_the_next_is_whole()
            throws InterruptedException {
        String big = "x".repeat(5_000);
        byte[] stream = ("a\n" + big + "\nb\n").getBytes(StandardCharsets.UTF_8);
        Taken taken = cut(stream, new Random(1), 1_000);
        assertThat(taken.lines)
                .hasSize(3)
                .startsWith("a")
                .endsWith("b")
                .element(1)
                .asString()
                .startsWith("oversized 5000 " + Digest.of(big.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void items_of_a_list_come_out_as_they_are() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            // Given
            ObjectNode list = Json.shared().createObjectNode().put("kind", "L");
            list.putObject("metadata").put("resourceVersion", "12").put("continue", "to\"k}en");
            ArrayNode items = list.putArray("items");
            for (int i = 0; i < random.nextInt(5); i++) {
                items.addObject().put("a", "}]{[\\\"," + i).putObject("items").put("items", "[");
            }
            byte[] page = Json.shared().writeValueAsBytes(list);

            // When
            Taken taken = new Taken();
            ListFrames frames = new ListFrames(10_000);
            for (int at = 0; at < page.length; ) {
                int size = Math.min(page.length - at, 1 + random.nextInt(30));
                frames.feed(ByteBuffer.wrap(page, at, size), taken);
                at += size;
            }

            // Then
            List<JsonNode> read = new ArrayList<>();
            for (String line : taken.lines) {
                read.add(Json.parse(line.getBytes(StandardCharsets.UTF_8)));
            }
            List<JsonNode> wanted = new ArrayList<>();
            items.forEach(wanted::add);
            assertThat(read).as("seed %d", seed).isEqualTo(wanted);
            assertThat(frames.envelope()).isEqualTo(new ListFrames.Envelope("12", "to\"k}en"));
        }
    }

    @Test
    void a_list_that_was_cut_off_is_no_list() throws Exception {
        ListFrames frames = new ListFrames(1_000);
        frames.feed(
                ByteBuffer.wrap("{\"items\":[{\"a\":1}".getBytes(StandardCharsets.UTF_8)),
                new Taken());
        assertThatThrownBy(frames::envelope)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended at depth 2");
    }
}
