package dev.driftledger.web;

import dev.driftledger.store.Page;
import dev.driftledger.store.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// What every list takes, and how a list is asked for by it.
public final class ListParameters {
    @QueryParam("at")
    @Parameter(
            description = "The moment to answer for, RFC 3339; without it, now",
            example = "2026-11-22T14:47:23Z")
    @Nullable String at;

    @QueryParam("page_size")
    @Parameter(description = "How many items at most; more than the maximum is cut to it")
    @Nullable String pageSize;

    @QueryParam("page_token")
    @Parameter(description = "next_page_token of the page before; all else must stay the same")
    @Nullable String pageToken;

    /// A question to the store that is answered page by page.
    interface Question<R> {
        /// Asks for a part of the list as it was at a moment; null for now.
        Uni<Page<R>> ask(@Nullable Instant at, PageRequest request);
    }

    /// Asks for the part wanted, as of the moment wanted.
    ///
    /// @throws Refusal with 400, or fails with it
    <R> Uni<Page<R>> ask(Question<R> question) {
        return Asked.of(() -> question.ask(moment(), request()));
    }

    /// The whole answer of a list: each item of the part wanted turned into what is shown.
    <R, T> Uni<RestResponse<Listing<T>>> answer(
            UriInfo uri, Question<R> question, Function<R, T> view) {
        return ask(question).map(page -> Listing.of(page, view, uri));
    }

    /// For lists that are always on one page.
    ///
    /// @throws Refusal with 400 when another page is asked for
    void refuseOtherPages() {
        if (request().token() != null) {
            throw Refusal.notAccepted("page_token must be left out: all clusters are on one page");
        }
    }

    /// The moment; null for now.
    ///
    /// @throws Refusal with 400
    @Nullable Instant moment() {
        return Moment.past("at", at, Instant.now());
    }

    /// Which part of the list.
    ///
    /// @throws Refusal with 400
    PageRequest request() {
        String token = pageToken == null || pageToken.isEmpty() ? null : pageToken;
        return new PageRequest(size(), token);
    }

    private @Nullable Integer size() {
        if (pageSize == null || pageSize.isEmpty()) {
            return null;
        }
        if (!pageSize.matches("[1-9][0-9]{0,17}")) {
            throw Refusal.malformed("page_size", "a whole number from 1");
        }
        return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(pageSize));
    }
}
