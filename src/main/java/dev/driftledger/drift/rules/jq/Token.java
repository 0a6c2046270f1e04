package dev.driftledger.drift.rules.jq;

import java.util.List;
import java.util.Set;

/// One word of an expression.
///
/// @param text without the dot of a field and the `$` of a variable; empty for texts
/// @param parts of a text: [String]s, and lists of tokens that stand between `\(` and `)`
/// @param at where it begins
record Token(Kind kind, String text, List<Object> parts, int at) {
    private static final Set<String> ASSIGNMENTS =
            Set.of("=", "|=", "+=", "-=", "*=", "/=", "%=", "//=");
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    enum Kind {
        FIELD,
        VARIABLE,
        NAME,
        NUMBER,
        TEXT,
        SIGN,
        END
    }

    static Token of(Kind kind, String text, int at) {
        return new Token(kind, text, List.of(), at);
    }

    boolean is(String sign) {
        return (kind == Kind.SIGN || kind == Kind.NAME) && text.equals(sign);
    }

    boolean assigns() {
        return kind == Kind.SIGN && ASSIGNMENTS.contains(text);
    }

    boolean compares() {
        return kind == Kind.SIGN && COMPARISONS.contains(text);
    }
}
