package dev.driftledger.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.driftledger.ledger.Entry;
import dev.driftledger.model.Json;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.store.Recorded;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// One entry of a log, told in a sentence.
///
/// @param index its place in the log, from 0
/// @param type such as `finding.opened`
/// @param sentence what it says, for people
/// @param resource what it is about; null when that is no single resource
/// @param resourceVersion of that resource; null when there was no live object
/// @param blob SHA-256 of content beside the log, in hex; null when there is none
/// @param finding which finding it is about; null when it is about none
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record EntryView(
        long index,
        String type,
        String sentence,
        Stamp observedAt,
        Stamp recordedAt,
        @Nullable ResourceKey resource,
        @Nullable String resourceVersion,
        @Nullable String blob,
        @Nullable String finding) {

    static EntryView of(Recorded recorded) {
        Entry entry = recorded.entry();
        Entry.Subject subject = entry.subject();
        return new EntryView(
                recorded.index(),
                entry.type().wireName(),
                Sentence.of(entry),
                new Stamp(entry.observedAt()),
                new Stamp(entry.recordedAt()),
                resource(entry),
                subject == null ? null : subject.resourceVersion(),
                entry.blob() == null ? null : entry.blob().sha256().hex(),
                Body.of(entry).textOrNull("finding"));
    }

    /// Which resource an entry is about; null when it is about none.
    static @Nullable ResourceKey resource(Entry entry) {
        Entry.Subject subject = entry.subject();
        return subject == null
                ? null
                : new ResourceKey(
                        subject.group(), subject.kind(), subject.namespace(), subject.name());
    }

    /// The colour's role in a list of entries.
    public String tone() {
        return switch (type) {
            case "finding.opened", "finding.updated", "object.unreadable", "gap" -> "bad";
            case "finding.resolved" -> "good";
            default -> "plain";
        };
    }

    /// The entry as it was hashed, indented for reading.
    static String indented(Entry entry) {
        try {
            return Json.parse(entry.bytes()).toPrettyString();
        } catch (IOException e) {
            throw new UncheckedIOException("an entry's own bytes are JSON", e);
        }
    }
}
