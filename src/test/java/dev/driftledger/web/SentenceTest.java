package dev.driftledger.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.ClusterRef;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SentenceTest {
    private static String of(ObjectNode body) {
        Instant at = Instant.parse("2026-11-22T12:00:00Z");
        return Sentence.of(
                new Entry(
                        Entry.VERSION,
                        EntryType.SCOPE,
                        "0123",
                        new Entry.Source("watch", "1"),
                        0,
                        null,
                        at,
                        at,
                        new ClusterRef("c-1", "prod"),
                        null,
                        null,
                        new TreeMap<>(),
                        body,
                        null,
                        null,
                        null,
                        null));
    }

    @Test
    void a_scope_says_how_many_types_only_when_it_lists_them() {
        // Given
        ObjectNode listed = JsonNodeFactory.instance.objectNode();
        listed.putArray("watched").add("/api/v1/pods");
        listed.putArray("excluded");
        ObjectNode beside = JsonNodeFactory.instance.objectNode();
        beside.putObject("watched").put("sha256", "00").put("size", 20_000);
        beside.putArray("excluded");

        // Then
        assertThat(of(listed)).isEqualTo("Watching 1 types, leaving out 0");
        assertThat(of(beside)).isEqualTo("Watching the listed types, leaving out 0");
    }
}
