package dev.driftledger.web;

import dev.driftledger.model.Digest;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/// Answers with a file, or with 304 when the client has it. The tag is the content's SHA-256.
final class FileAnswer {
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private FileAnswer() {}

    /// A file that never changes.
    static Response immutable(String mediaType, byte[] content, Request request) {
        return answer(mediaType, content, request, FOR_EVER);
    }

    /// A file that may be another one at the next request.
    static Response changing(String mediaType, byte[] content, Request request) {
        return answer(mediaType, content, request, "no-cache");
    }

    private static Response answer(
            String mediaType, byte[] content, Request request, String caching) {
        EntityTag tag = new EntityTag(Digest.of(content).hex());
        Response.ResponseBuilder known = request.evaluatePreconditions(tag);
        Response.ResponseBuilder answer =
                known == null ? Response.ok(content).type(mediaType) : known;
        return answer.tag(tag).header(HttpHeaders.CACHE_CONTROL, caching).build();
    }
}
