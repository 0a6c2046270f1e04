/// The state machine of the product. One intake record and the state come in; entries, blobs and
/// state changes go out. Replaying the same intake gives the same log, byte for byte: there is no
/// clock, no random, no I/O here, and bytes that a decision needs are looked up by their digest.
@NullMarked
package dev.driftledger.recorder;

import org.jspecify.annotations.NullMarked;
