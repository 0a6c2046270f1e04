package dev.driftledger.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.driftledger.ledger.Entry;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.store.Recorded;
import org.jspecify.annotations.Nullable;

/// One entry of a log, told in a sentence.
///
/// @param index its place in the log, from 0
/// @param type such as `finding.opened`
/// @param sentence what it says, for people
/// @param resource what it is about; null when that is no single resource
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
        @Nullable String correlation) {

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
                entry.correlation());
    }

    /// Which resource an entry is about; null when it is about none.
    static @Nullable ResourceKey resource(Entry entry) {
        Entry.Subject subject = entry.subject();
        return subject == null
                ? null
                : new ResourceKey(
                        subject.group(), subject.kind(), subject.namespace(), subject.name());
    }
}
