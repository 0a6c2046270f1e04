package dev.driftledger.store;

import dev.driftledger.model.Digest;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// Where a list goes on: the question it belongs to, the sizes of the logs that it is made of, and
/// how many items came before.
///
/// Its text ends in a checksum against slips and tampering. It grants nothing: whoever makes one up
/// reads another part of a list that he may read anyway.
///
/// @param question [#hash(List)] of the question's parts
/// @param sizes of the logs, in the order in which they began
/// @param position how many items came before
record PageToken(long question, List<Long> sizes, long position) {
    private static final int CHECKSUM_BYTES = 8;

    /// Part of the format: a token holds the size of every log.
    private static final int SIZES_MAX = 10_000;

    private static final int TEXT_MAX = 8 * SIZES_MAX;

    PageToken {
        sizes = List.copyOf(sizes);
    }

    /// A number that differs for different questions.
    static long hash(List<String> parts) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.length()).append(':').append(part));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(Digest.of(bytes).bytes()).getLong();
    }

    String text() {
        ByteBuffer buffer = ByteBuffer.allocate(3 * Long.BYTES + sizes.size() * Long.BYTES);
        buffer.putLong(question).putLong(position);
        sizes.forEach(buffer::putLong);
        byte[] body = Arrays.copyOf(buffer.array(), buffer.position());
        buffer.put(checksum(body));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
    }

    /// Reads what [#text()] wrote for the same question.
    ///
    /// @throws IllegalArgumentException when it is anything else
    static PageToken parse(String text, long question) {
        PageToken token = parse(text);
        if (token.question != question) {
            throw new IllegalArgumentException(
                    "page_token belongs to another question; keep all filters as they were, or"
                            + " leave page_token out to begin anew");
        }
        return token;
    }

    private static PageToken parse(String text) {
        try {
            byte[] bytes = text.length() > TEXT_MAX ? new byte[0] : decode(text);
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            long question = buffer.getLong();
            long position = buffer.getLong();
            List<Long> sizes = new ArrayList<>();
            while (buffer.remaining() > CHECKSUM_BYTES) {
                sizes.add(buffer.getLong());
            }
            byte[] body = Arrays.copyOf(bytes, bytes.length - CHECKSUM_BYTES);
            byte[] sum = Arrays.copyOfRange(bytes, body.length, bytes.length);
            if (!Arrays.equals(sum, checksum(body)) || position < 0) {
                throw unreadable();
            }
            PageToken token = new PageToken(question, sizes, position);
            if (!token.text().equals(text)) {
                throw unreadable(); // unused bits of the last character are set
            }
            return token;
        } catch (BufferUnderflowException _) {
            throw unreadable();
        }
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            throw unreadable();
        }
    }

    private static byte[] checksum(byte[] body) {
        return Arrays.copyOf(Digest.of(body).bytes(), CHECKSUM_BYTES);
    }

    private static IllegalArgumentException unreadable() {
        return new IllegalArgumentException(
                "page_token is not one of ours, or was changed; take next_page_token from the page"
                        + " before, or leave it out to begin anew");
    }
}
