package dev.driftledger.web;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Supplier;

/// Questions to the store whose wording came from outside.
final class Asked {
    private Asked() {}

    /// What the store does not accept, such as another list's page token, becomes a [Refusal] with
    /// the store's own words.
    static <T> Uni<T> of(Supplier<Uni<T>> question) {
        return Uni.createFrom()
                .<T>deferred(question::get)
                .onFailure(IllegalArgumentException.class)
                .transform(e -> Refusal.notAccepted(String.valueOf(e.getMessage())));
    }

    /// As [#of], and what is not there becomes a [Refusal] with 404.
    ///
    /// @param what was asked for, such as `Finding`
    /// @param hint what to do instead
    static <T> Uni<T> one(String what, String hint, Supplier<Uni<Optional<T>>> question) {
        return one(Refusal.unknown(what, hint), question);
    }

    /// As [#of], and what is not there becomes this refusal.
    static <T> Uni<T> one(Refusal otherwise, Supplier<Uni<Optional<T>>> question) {
        return of(question).map(found -> found.orElseThrow(() -> otherwise));
    }
}
