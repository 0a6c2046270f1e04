/// The words of Driftledger as types: identities, digests, canonical JSON and the intake records.
/// Everything else is built from these. Pure: no I/O, no clock, no framework; only the JDK and
/// Jackson's tree model.
@NullMarked
package dev.driftledger.model;

import org.jspecify.annotations.NullMarked;
