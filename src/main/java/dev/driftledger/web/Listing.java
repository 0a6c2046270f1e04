package dev.driftledger.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.driftledger.store.Page;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// A part of a list as the API answers it.
///
/// @param totalSize how many items the whole list has
/// @param nextPageToken where it goes on; absent on the last page
/// @param asOf how many log entries the list was made of; it stays the same from page to page
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record Listing<T>(List<T> items, long totalSize, @Nullable String nextPageToken, long asOf) {
    Listing {
        items = List.copyOf(items);
    }

    /// The answer with all there is.
    static <T> RestResponse<Listing<T>> whole(List<T> items, long asOf, UriInfo uri) {
        return of(new Page<>(items, items.size(), null, asOf), Function.identity(), uri);
    }

    /// The answer for a page of something, each item turned into what is shown.
    static <R, T> RestResponse<Listing<T>> of(Page<R> page, Function<R, T> view, UriInfo uri) {
        List<T> items = page.items().stream().map(view).toList();
        Listing<T> listing = new Listing<>(items, page.totalSize(), page.next(), page.asOf());
        RestResponse.ResponseBuilder<Listing<T>> answer =
                RestResponse.ResponseBuilder.ok(listing)
                        .header(HttpHeaders.CACHE_CONTROL, "no-cache");
        String next = next(page, uri);
        return (next == null ? answer : answer.header("Link", "<" + next + ">; rel=\"next\""))
                .build();
    }

    /// The address of the next page, with all other parameters as they are; null on the last.
    static @Nullable String next(Page<?> page, UriInfo uri) {
        return page.next() == null
                ? null
                : uri.getRequestUriBuilder()
                        .scheme(null)
                        .host(null)
                        .port(-1)
                        .replaceQueryParam("page_token", page.next())
                        .build()
                        .toString();
    }
}
