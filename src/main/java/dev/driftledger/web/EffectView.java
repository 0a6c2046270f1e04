package dev.driftledger.web;

import dev.driftledger.model.ResourceKey;
import dev.driftledger.store.Recorded;
import org.jspecify.annotations.Nullable;

/// A side effect that appeared, changed or went, as one entry says.
///
/// @param cluster uid
/// @param effect what it is, such as `load-balancer-address`
/// @param path where it was read
/// @param change `appeared`, `changed` or `gone`
/// @param old null when it appeared
/// @param now null when it went
/// @param resource what it belongs to; null when the entry does not say
record EffectView(
        String cluster,
        String effect,
        String path,
        String change,
        @Nullable String old,
        @Nullable String now,
        @Nullable ResourceKey resource,
        Stamp observedAt,
        long index) {

    static EffectView of(Recorded recorded) {
        Body body = Body.of(recorded.entry());
        return new EffectView(
                recorded.entry().cluster().uid(),
                body.text("effect"),
                body.text("path"),
                body.text("change"),
                body.textOrNull("old"),
                body.textOrNull("new"),
                EntryView.resource(recorded.entry()),
                new Stamp(recorded.entry().observedAt()),
                recorded.index());
    }

    /// What it is, in words.
    public String words() {
        return words(effect);
    }

    /// A sort of side effect in words: `Cluster IP`.
    static String words(String effect) {
        return switch (effect) {
            case "cluster-ip" -> "Cluster IP";
            case "dns-record" -> "DNS record";
            default -> Mark.words(effect);
        };
    }

    /// The value before; a dash when there was none.
    public String oldText() {
        return old == null ? "–" : old;
    }

    /// The value after; a dash when there is none.
    public String newText() {
        return now == null ? "–" : now;
    }
}
