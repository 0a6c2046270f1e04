package dev.driftledger.drift.rules;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One compiled ignore rule.
///
/// @param id short and stable, such as `argocd:shop/2/jq/1`
/// @param origin the document it stands in, for people
/// @param reason why somebody wants it; null when they gave none
/// @param expires from when on it does not apply; null when it never ends
/// @param target which objects it is about
/// @param effect what it does with them
public record Rule(
        String id,
        String origin,
        @Nullable String reason,
        @Nullable Instant expires,
        Target target,
        Effect effect) {
    boolean expiredAt(Instant now) {
        return expires != null && !now.isBefore(expires);
    }
}
