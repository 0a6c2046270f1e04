package dev.driftledger.store;

import dev.driftledger.ledger.Entry;
import dev.driftledger.model.Digest;
import dev.driftledger.recorder.ContentBytes;

/// One entry on its way into a log.
///
/// @param bytes of the entry, canonical; what is stored and hashed
/// @param hash of the leaf, SHA-256 over 0x00 || bytes (RFC 6962 section 2.1)
public record Leaf(Entry entry, ContentBytes bytes, Digest hash) {}
