package dev.driftledger.drift;

import dev.driftledger.drift.rules.Whole;
import dev.driftledger.model.Digest;
import org.jspecify.annotations.Nullable;

/// What one rule hid of one object.
///
/// @param rule the rule's id, as in `ignore:<rule>` of the notes
/// @param origin the document the rule stands in
/// @param reason why somebody wants it, in their words; null when they gave none
/// @param fieldsCount scalar fields hidden, each side's counted, the larger of both
/// @param digest of the canonical JSON of all hidden paths with both their values; of a resource on
///     one side only, with what a comparison would read of it, under the empty path
/// @param everything whether nothing of the object can be seen for it, or nothing of its `spec`,
///     `data` or `rules`; of a rule for some differences or owners only, whether it alone hides all
///     that differs
/// @param whole what it hides of a resource that is on one side only; null when it hides fields
public record Hiding(
        String rule,
        String origin,
        @Nullable String reason,
        int fieldsCount,
        Digest digest,
        boolean everything,
        @Nullable Whole whole) {
    /// The last step of why a resource on one side only is ignored.
    public static final String DOES_NOT_COUNT = "ignored: a rule says that it does not count";

    /// That a rule hides that a resource is on one side only, in words.
    ///
    /// @param whole such as `missing`
    /// @param reason null when nobody gave one
    public static String words(String origin, String whole, @Nullable String reason) {
        String because = reason == null ? "" : ", because " + reason;
        return "the rule of " + origin + " hides that it is " + whole + because;
    }
}
