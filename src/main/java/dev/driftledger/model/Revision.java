package dev.driftledger.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One commit of a source, as far as a decision needs it.
///
/// @param id the full commit id, 40 or 64 hex digits
/// @param author `Name <mail>` of the commit's author; null when the commit could not be read
/// @param committedAt the committer's time; null when the commit could not be read
/// @param subject first line of the message, at most 200 characters
public record Revision(
        String id, @Nullable String author, @Nullable Instant committedAt, String subject) {}
