package dev.driftledger.desired.yaml;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.tokens.AliasToken;
import org.yaml.snakeyaml.tokens.AnchorToken;
import org.yaml.snakeyaml.tokens.DirectiveToken;
import org.yaml.snakeyaml.tokens.TagToken;
import org.yaml.snakeyaml.tokens.TagTuple;
import org.yaml.snakeyaml.tokens.Token;

/// Scans what stands beside values: anchors, aliases, tags and directives.
final class PropertyScanner {
    private static final String BEHIND_NAME = "?:,]}%@`";
    private static final String IN_TAG = ";/?:@&=+$,.!~*'()[]%";
    private static final int VERSION_DIGITS_MAX = 2;
    private static final List<Integer> VERSION = List.of(1, 1);

    private final Cursor cursor;
    private List<Integer> version = VERSION;

    PropertyScanner(Cursor cursor) {
        this.cursor = cursor;
    }

    /// `&name` or `*name`.
    Token scanAnchor() {
        Mark start = cursor.mark();
        boolean alias = cursor.at('*');
        cursor.skip();
        String name = word();
        if (name.isEmpty() || !(cursor.atBlankOrEnd() || BEHIND_NAME.indexOf(cursor.peek()) >= 0)) {
            throw new ScanException(
                    start.getLine(), "a name of letters and digits must follow & or *");
        }
        return alias
                ? new AliasToken(name, start, cursor.mark())
                : new AnchorToken(name, start, cursor.mark());
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        while (cursor.atWord()) {
            cursor.read(word);
        }
        return word.toString();
    }

    /// `!<uri>`, `!handle!suffix`, `!suffix` or `!`.
    Token scanTag() {
        Mark start = cursor.mark();
        TagTuple tag;
        if (cursor.peek(1) == '<') {
            cursor.skip(2);
            tag = new TagTuple(null, uri("", start.getLine()));
            if (!cursor.at('>')) {
                throw new ScanException(start.getLine(), "a tag that begins with !< wants a >");
            }
            cursor.skip();
        } else {
            tag = shortTag(start.getLine());
        }
        if (!cursor.atBlankOrEnd()) {
            throw new ScanException(start.getLine(), "a space must follow a tag");
        }
        return new TagToken(tag, start, cursor.mark());
    }

    private TagTuple shortTag(int line) {
        String handle = handle();
        if (handle.length() > 1 && handle.endsWith("!")) {
            return new TagTuple(handle, uri("", line));
        }
        String suffix = uri(handle, line);
        return suffix.isEmpty() ? new TagTuple(null, "!") : new TagTuple("!", suffix);
    }

    private String handle() {
        StringBuilder handle = new StringBuilder();
        cursor.read(handle);
        handle.append(word());
        if (cursor.at('!')) {
            cursor.read(handle);
        }
        return handle.toString();
    }

    /// @param head what was read of it already, with its `!`
    private String uri(String head, int line) {
        ByteArrayOutputStream uri = new ByteArrayOutputStream();
        uri.writeBytes(head.substring(Math.min(1, head.length())).getBytes(StandardCharsets.UTF_8));
        boolean some = !head.isEmpty();
        while (cursor.atWord() || (!cursor.atEnd() && IN_TAG.indexOf(cursor.peek()) >= 0)) {
            if (cursor.at('%')) {
                escaped(uri, line);
            } else {
                uri.write(cursor.peek());
                cursor.skip();
            }
            some = true;
        }
        if (!some) {
            throw new ScanException(line, "a tag has no name");
        }
        return GoText.ofUtf8(uri.toByteArray());
    }

    /// `%` and two hex digits for each byte, as long as escapes follow each other.
    private void escaped(ByteArrayOutputStream uri, int line) {
        do {
            int high = hex(cursor.peek(1));
            int low = hex(cursor.peek(2));
            if (!cursor.at('%') || high < 0 || low < 0) {
                throw new ScanException(line, "a % in a tag wants two hex digits");
            }
            uri.write((high << 4) | low);
            cursor.skip(3);
        } while (cursor.at('%'));
    }

    private static int hex(int c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    /// Whether the last `%YAML` directive, if there was any, named version 1.1.
    boolean isVersionKnown() {
        return version.equals(VERSION);
    }

    /// `%YAML` or `%TAG` and its line.
    Token scanDirective() {
        Mark start = cursor.mark();
        int line = start.getLine();
        cursor.skip();
        String name = word();
        Token token;
        if (name.equals("YAML") && cursor.atBlankOrEnd()) {
            cursor.skipBlanks();
            int major = versionNumber(line);
            require(cursor.at('.'), line);
            cursor.skip();
            version = List.of(major, versionNumber(line));
            token = new DirectiveToken<>(name, version, start, cursor.mark());
        } else if (name.equals("TAG") && cursor.atBlankOrEnd()) {
            token = tagDirective(start);
        } else {
            throw new ScanException(line, "unknown directive");
        }
        cursor.skipBlanks();
        cursor.skipComment();
        require(cursor.atBreakOrEnd(), line);
        cursor.skipBreak();
        return token;
    }

    private Token tagDirective(Mark start) {
        int line = start.getLine();
        cursor.skipBlanks();
        require(cursor.at('!'), line);
        String handle = handle();
        require(handle.equals("!") || handle.endsWith("!"), line);
        require(cursor.atBlank(), line);
        cursor.skipBlanks();
        String prefix = uri("", line);
        require(cursor.atBlankOrEnd(), line);
        return new DirectiveToken<>("TAG", List.of(handle, prefix), start, cursor.mark());
    }

    private int versionNumber(int line) {
        int value = 0;
        int count = 0;
        while (cursor.atDigit()) {
            value = value * 10 + cursor.peek() - '0';
            cursor.skip();
            require(++count <= VERSION_DIGITS_MAX, line);
        }
        require(count > 0, line);
        return value;
    }

    private static void require(boolean right, int line) {
        if (!right) {
            throw new ScanException(line, "a directive is not of the form %YAML 1.1 or %TAG !h! p");
        }
    }
}
