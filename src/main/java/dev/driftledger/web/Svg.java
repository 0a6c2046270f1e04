package dev.driftledger.web;

import java.util.Locale;

/// Writes one SVG picture: every text and attribute is escaped, numbers have a fixed form, colours
/// are classes of the style sheet.
final class Svg {
    private final StringBuilder out = new StringBuilder(2048);

    /// Starts a picture that screen readers announce by its title and description.
    ///
    /// @param id makes the ids within it unique on a page
    static Svg picture(String id, String sizes, String title, String description) {
        Svg svg = new Svg();
        svg.out
                .append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" class=\"picture\" ")
                .append("aria-labelledby=\"")
                .append(id)
                .append("-t ")
                .append(id)
                .append("-d\" ")
                .append(sizes)
                .append("><title id=\"")
                .append(id)
                .append("-t\">")
                .append(escape(title))
                .append("</title><desc id=\"")
                .append(id)
                .append("-d\">")
                .append(escape(description))
                .append("</desc>");
        return svg;
    }

    /// Opens and closes an element; attributes in pairs of name and value.
    Svg shape(String element, Object... attributes) {
        open(element, attributes);
        out.append("/>");
        return this;
    }

    /// A text element.
    Svg text(String content, Object... attributes) {
        open("text", attributes);
        out.append('>').append(escape(content)).append("</text>");
        return this;
    }

    /// A shape with a title, which pointing devices show.
    Svg titled(String title, String element, Object... attributes) {
        open(element, attributes);
        out.append("><title>")
                .append(escape(title))
                .append("</title></")
                .append(element)
                .append('>');
        return this;
    }

    /// A fill of slanted lines that can be told from a solid one without seeing colour.
    Svg hatching(String id) {
        out.append("<defs><pattern id=\"")
                .append(escape(id))
                .append("\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" ")
                .append("patternTransform=\"rotate(45)\">")
                .append("<rect width=\"6\" height=\"6\" class=\"hatch-ground\"/>")
                .append("<rect width=\"2\" height=\"6\" class=\"hatch-line\"/></pattern></defs>");
        return this;
    }

    /// A length relative to the picture's.
    static String percent(double value) {
        return String.format(Locale.ROOT, "%.3f%%", value);
    }

    /// The finished picture.
    String end() {
        return out.append("</svg>").toString();
    }

    private void open(String element, Object... attributes) {
        out.append('<').append(element);
        for (int i = 0; i + 1 < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escape(attributes[i + 1].toString()))
                    .append('"');
        }
    }

    /// Text that is safe as content and within attributes.
    static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(safe, c));
        return safe.toString();
    }

    private static void append(StringBuilder safe, int c) {
        switch (c) {
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '&' -> safe.append("&amp;");
            case '"' -> safe.append("&quot;");
            case '\'' -> safe.append("&#39;");
            default -> safe.appendCodePoint(c < ' ' && c != '\n' ? 0xFFFD : c);
        }
    }
}
