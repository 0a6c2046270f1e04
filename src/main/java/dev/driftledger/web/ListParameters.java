package dev.driftledger.web;

import dev.driftledger.store.PageRequest;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/// What every list takes.
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
