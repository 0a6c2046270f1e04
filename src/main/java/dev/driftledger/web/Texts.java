package dev.driftledger.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks filters that came from outside. Null and empty mean any, and give null.
final class Texts {
    /// The longest name that Kubernetes gives anything (RFC 1123 subdomain).
    private static final int LENGTH_MAX = 253;

    private Texts() {}

    /// Any text of a bounded length.
    static @Nullable String any(String name, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.length() > LENGTH_MAX || text.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.malformed(name, "at most 253 characters without control characters");
        }
        return text;
    }

    /// One of a few words.
    static @Nullable String choice(String name, @Nullable String text, String... words) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (!List.of(words).contains(text)) {
            throw Refusal.malformed(name, "one of " + String.join(", ", words));
        }
        return text;
    }

    /// The uid of a cluster.
    static @Nullable String cluster(@Nullable String uid) {
        return uid == null || uid.isEmpty() ? null : PublicId.cluster(uid);
    }
}
