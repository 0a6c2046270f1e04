package dev.driftledger.store;

import org.jspecify.annotations.Nullable;

/// Which part of a list is wanted.
///
/// @param size how many items, from 1; null for the configured number; too many are cut to the
///     configured maximum
/// @param token [Page#next()] of the page before; null for the first page
public record PageRequest(@Nullable Integer size, @Nullable String token) {
    /// The first page, of the configured size.
    public static final PageRequest FIRST = new PageRequest(null, null);

    public PageRequest {
        if (size != null && size < 1) {
            throw new IllegalArgumentException("page_size must be 1 or more, got " + size);
        }
    }

    int limit(StoreConfig config) {
        int wanted = size == null ? config.pageSizeDefault() : size;
        return Math.min(wanted, config.pageSizeMax());
    }
}
