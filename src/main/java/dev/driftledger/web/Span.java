package dev.driftledger.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.driftledger.model.Labelled;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A time during which a type of resource was in one state of watching.
///
/// @param from first moment
/// @param to first moment after it
/// @param cause why it was not watched; null while watched, or when nothing says why
/// @param detail more about the cause; null when there is no more
@JsonInclude(JsonInclude.Include.NON_NULL)
record Span(Stamp from, Stamp to, State state, @Nullable String cause, @Nullable String detail) {

    /// What can be said of a time.
    public enum State implements Labelled {
        /// Every change was seen as it happened.
        WATCHED,
        /// Nobody watched, and every change was seen later.
        CAUGHT_UP,
        /// It should have been watched and was not.
        GAP,
        /// Nobody watched, or nothing says so.
        NOT_OBSERVED;

        /// As JSON and style sheets spell it: `not-observed`.
        @Override
        @JsonValue
        public String label() {
            return Labelled.super.label();
        }
    }

    /// Whether every change of this time was seen, though later.
    public boolean late() {
        return state == State.CAUGHT_UP;
    }

    /// How long it is, in words.
    public String length() {
        return Stamp.span(from.at(), to.at());
    }

    /// Whether it says the same about another time.
    boolean sameAs(Span other) {
        return state == other.state
                && Objects.equals(cause, other.cause)
                && Objects.equals(detail, other.detail);
    }
}
