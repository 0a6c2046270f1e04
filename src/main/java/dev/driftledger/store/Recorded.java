package dev.driftledger.store;

import dev.driftledger.ledger.Entry;

/// One entry and its place in its cluster's log.
///
/// @param index from 0, without gaps
public record Recorded(long index, Entry entry) {}
