package dev.driftledger.desired.yaml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Bytes of a file as text, and the text cut into documents.
final class YamlText {
    private static final String SEPARATOR = "---";

    private YamlText() {}

    /// The text of one document.
    ///
    /// @param line where it begins in the file, from 0
    record Part(String text, int line) {}

    /// Decodes UTF-8 strictly; a byte order mark is part of the text.
    static String decode(byte[] bytes) throws YamlException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new YamlException("file is not UTF-8");
        }
    }

    /// Cuts a text at the lines that begin with `---`, as Kubernetes' tools do before they parse:
    /// what follows `---` on its line must be blank or a comment.
    static List<Part> split(String text, YamlLimits limits) throws YamlException {
        List<Part> documents = new ArrayList<>();
        StringBuilder document = new StringBuilder();
        int start = 0;
        int line = 0;
        int first = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            boolean separator = text.startsWith(SEPARATOR, start);
            if (separator) {
                requireBlank(text.substring(start + SEPARATOR.length(), end).strip(), line);
            }
            if (separator && !document.isEmpty()) {
                add(documents, new Part(document.toString(), first), limits);
                document.setLength(0);
                first = line + 1;
            } else {
                int cut = end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
                document.append(text, start, cut).append('\n');
            }
            start = end + 1;
            line++;
        }
        add(documents, new Part(document.toString(), first), limits);
        return documents;
    }

    private static void add(List<Part> documents, Part document, YamlLimits limits)
            throws YamlException {
        if (documents.size() >= limits.documentsMax()) {
            throw new YamlException(limits.tooManyDocuments());
        }
        documents.add(document);
    }

    private static void requireBlank(String rest, int line) throws YamlException {
        if (!rest.isEmpty() && rest.charAt(0) != '#') {
            throw new YamlException(line, "only a comment may follow --- on its line");
        }
    }
}
