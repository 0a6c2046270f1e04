package dev.driftledger.testkit;

import dev.driftledger.ledger.Entry;
import java.util.Objects;

/// Questions about single entries.
public final class Entries {
    private Entries() {}

    /// A field of the body as text, without quotes; empty when the entry has no body.
    public static String body(Entry entry, String field) {
        return entry.body() == null ? "" : entry.body().path(field).toString().replace("\"", "");
    }

    /// Whether it is about the resource of that name.
    public static boolean isAbout(Entry entry, String name) {
        Entry.Subject subject = entry.subject();
        return subject != null && Objects.equals(subject.name(), name);
    }
}
