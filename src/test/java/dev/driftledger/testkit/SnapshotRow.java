package dev.driftledger.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// How one resource stands in a snapshot.
///
/// @param resource its id
/// @param reason empty when none is given
public record SnapshotRow(String resource, String verdict, String reason) {

    /// The rows of the newest snapshot of an application; none when there is no snapshot.
    public static List<SnapshotRow> newest(ServedLog log, String application) {
        return log.entries().stream()
                .filter(entry -> entry.type() == EntryType.SNAPSHOT)
                .filter(entry -> Entries.body(entry, "application").endsWith(":" + application))
                .reduce((_, last) -> last)
                .map(entry -> of(log, entry))
                .orElse(List.of());
    }

    private static List<SnapshotRow> of(ServedLog log, Entry snapshot) {
        List<SnapshotRow> rows = new ArrayList<>();
        try {
            Entry.BlobRef blob = Objects.requireNonNull(snapshot.blob());
            for (JsonNode row : Json.parse(log.blob(blob.sha256()))) {
                rows.add(
                        new SnapshotRow(
                                row.path("resource").asText(),
                                row.path("verdict").asText(),
                                row.path("reason").asText()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("snapshot is no JSON", e);
        }
        return rows;
    }
}
