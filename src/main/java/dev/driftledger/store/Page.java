package dev.driftledger.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a list, as it stood at one state of the logs.
///
/// @param totalSize how many items the whole list has
/// @param next opaque position of the next page; null on the last one
/// @param asOf how many entries the logs held that the list was made of
public record Page<T>(List<T> items, long totalSize, @Nullable String next, long asOf) {
    public Page {
        items = List.copyOf(items);
    }
}
