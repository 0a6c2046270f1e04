package dev.driftledger.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/// One commit.
///
/// @param author null when the commit could not be read
/// @param committedAt null when the commit could not be read
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record RevisionView(
        String id, @Nullable String author, @Nullable Stamp committedAt, String subject) {

    static RevisionView of(Body body) {
        return new RevisionView(
                body.text("id"),
                body.textOrNull("author"),
                body.stamp("committedAt"),
                body.text("subject"));
    }

    /// The first ten digits, for reading.
    public String shortId() {
        return shortened(id);
    }

    /// The first ten digits of a revision.
    static String shortened(String id) {
        return id.length() > 10 ? id.substring(0, 10) : id;
    }
}
