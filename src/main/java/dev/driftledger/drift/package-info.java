/// What one object should be against what it is. Two trees, a schema and the field managers come
/// in; one [Verdict] with its differences, their owners and their severity goes out. It never
/// writes, never asks a server, never throws for any JSON on either side: what it cannot judge is
/// `Unknown`, with the reason.
@NullMarked
package dev.driftledger.drift;

import org.jspecify.annotations.NullMarked;
