package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Owner;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.Digest;
import dev.driftledger.model.ResourceKey;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An entry being written: everything but its place in the log.
final class Statement {
    /// Who speaks in an entry.
    enum Source {
        WATCH("watch"),
        DESIRED("desired"),
        RECORDER("recorder");

        private final String id;

        Source(String id) {
            this.id = id;
        }

        String id() {
            return id;
        }
    }

    private final EntryType type;
    private final Source source;
    private final ObjectNode body = JsonNodeFactory.instance.objectNode();
    private final SortedMap<String, Digest> digests = new TreeMap<>();
    private Entry.@Nullable Actor actor;
    private Entry.@Nullable Subject subject;
    private Entry.@Nullable BlobRef blob;
    private @Nullable String correlation;

    Statement(EntryType type, Source source) {
        this.type = type;
        this.source = source;
    }

    /// The body, to be filled.
    ObjectNode body() {
        return body;
    }

    Statement digest(String name, @Nullable Digest digest) {
        if (digest != null) {
            digests.put(name, digest);
        }
        return this;
    }

    Statement digests(SortedMap<String, Digest> more) {
        digests.putAll(more);
        return this;
    }

    Statement subject(Entry.@Nullable Subject about) {
        subject = about;
        return this;
    }

    Statement subject(ResourceKey key, String version) {
        return subject(subjectOf(key, version, null, null));
    }

    Statement blob(Entry.BlobRef content) {
        blob = content;
        return this;
    }

    Statement correlation(String id) {
        correlation = id;
        return this;
    }

    Statement actor(Owner owner) {
        if (owner.type() == Owner.Type.UNKNOWN && owner.user() == null && owner.manager() == null) {
            return this;
        }
        String ref = owner.user() != null ? owner.user() : owner.manager();
        actor =
                new Entry.Actor(
                        owner.type().label(),
                        ref == null ? null : SafeJson.text(ref),
                        via(owner),
                        owner.evidence().label());
        return this;
    }

    private static @Nullable String via(Owner owner) {
        StringBuilder via = new StringBuilder();
        for (String part :
                new @Nullable String[] {owner.manager(), owner.operation(), owner.subresource()}) {
            if (part != null) {
                via.append(via.isEmpty() ? "" : ", ").append(SafeJson.text(part));
            }
        }
        return via.isEmpty() ? null : via.toString();
    }

    static Entry.Subject subjectOf(
            ResourceKey key,
            String version,
            @Nullable String uid,
            @Nullable String resourceVersion) {
        return new Entry.Subject(
                SafeJson.text(key.group()),
                SafeJson.text(version),
                SafeJson.text(key.kind()),
                SafeJson.text(key.namespace()),
                SafeJson.text(key.name()),
                uid == null ? null : SafeJson.text(uid),
                resourceVersion == null ? null : SafeJson.text(resourceVersion));
    }

    EntryType type() {
        return type;
    }

    Source source() {
        return source;
    }

    Entry.@Nullable Actor actor() {
        return actor;
    }

    Entry.@Nullable Subject subject() {
        return subject;
    }

    SortedMap<String, Digest> digests() {
        return digests;
    }

    Entry.@Nullable BlobRef blob() {
        return blob;
    }

    @Nullable String correlation() {
        return correlation;
    }
}
