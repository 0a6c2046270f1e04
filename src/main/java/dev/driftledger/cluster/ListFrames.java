package dev.driftledger.cluster;

import dev.driftledger.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Cuts one page of a list into its items while it streams in; no page is ever held whole.
///
/// It tells items by depth alone: the objects inside of the top-level array `items`. What stands
/// around them is kept, small and bounded, and read when the page is complete.
final class ListFrames {
    /// Kind, version and token of a page take some hundred bytes; more is no list.
    private static final int ENVELOPE_BYTES_MAX = 256 * 1024;

    private static final byte[] ITEMS = "\"items\"".getBytes(StandardCharsets.US_ASCII);

    private final LineFrames items;
    private final ByteArrayOutputStream envelope = new ByteArrayOutputStream(1024);
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean inItems;
    private int keyMatched;
    private boolean itemsKeyRead;

    /// What stands around the items of a page.
    ///
    /// @param resourceVersion version of the whole list; empty when the page names none
    /// @param continueToken empty on the last page
    record Envelope(String resourceVersion, String continueToken) {}

    ListFrames(int itemBytesMax) {
        this.items = new LineFrames(itemBytesMax);
    }

    /// Takes the next chunk and hands over every item that is complete with it.
    void feed(ByteBuffer chunk, LineFrames.Lines lines) throws InterruptedException, IOException {
        byte[] array = new byte[chunk.remaining()];
        chunk.duplicate().get(array);
        int itemStart = 0;
        for (int i = 0; i < array.length; i++) {
            byte c = array[i] == '\n' ? (byte) ' ' : array[i];
            array[i] = c;
            boolean wasInside = insideItem();
            step(c);
            boolean inside = insideItem();
            if (!wasInside && inside) {
                itemStart = i;
            } else if (wasInside && !inside) {
                items.feed(ByteBuffer.wrap(array, itemStart, i + 1 - itemStart), lines);
                items.feed(ByteBuffer.wrap(new byte[] {'\n'}), lines);
            } else if (!inside) {
                keep(c);
            }
        }
        if (insideItem()) {
            items.feed(ByteBuffer.wrap(array, itemStart, array.length - itemStart), lines);
        }
    }

    /// Reads what stood around the items, after the last chunk.
    ///
    /// @throws IOException when the page was cut off or is no list
    Envelope envelope() throws IOException {
        if (depth != 0 || envelope.size() == 0) {
            throw new IOException("list page ended at depth " + depth + ", want a whole object");
        }
        com.fasterxml.jackson.databind.JsonNode metadata =
                Json.parse(envelope.toByteArray()).path("metadata");
        return new Envelope(
                metadata.path("resourceVersion").asText(""), metadata.path("continue").asText(""));
    }

    private boolean insideItem() {
        return inItems && depth > 2;
    }

    private void step(byte c) {
        if (inString) {
            stepInString(c);
            return;
        }
        switch (c) {
            case '"' -> {
                inString = true;
                keyMatched = depth == 1 ? 1 : -1;
                itemsKeyRead = false;
            }
            case '{', '[' -> {
                depth++;
                inItems |= depth == 2 && c == '[' && itemsKeyRead;
            }
            case '}', ']' -> {
                depth--;
                inItems &= depth >= 2;
            }
            default -> itemsKeyRead &= c == ':' || c <= ' ';
        }
    }

    private void stepInString(byte c) {
        boolean matches = keyMatched >= 0 && keyMatched < ITEMS.length && ITEMS[keyMatched] == c;
        keyMatched = matches ? keyMatched + 1 : -1;
        if (escaped) {
            escaped = false;
        } else if (c == '\\') {
            escaped = true;
        } else if (c == '"') {
            inString = false;
            itemsKeyRead = keyMatched == ITEMS.length;
        }
    }

    private void keep(byte c) throws IOException {
        if (inItems && c == ',') {
            return;
        }
        if (envelope.size() >= ENVELOPE_BYTES_MAX) {
            throw new IOException(
                    "list page has more than " + ENVELOPE_BYTES_MAX + " bytes around its items");
        }
        envelope.write(c);
    }
}
