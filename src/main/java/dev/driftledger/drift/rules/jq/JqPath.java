package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.drift.rules.RuleException;
import java.util.List;

/// A compiled jq path expression.
public final class JqPath {
    private final String text;

    private JqPath(String text) {
        this.text = text;
    }

    /// @throws RuleException when the text is no path expression, or uses what rules may not
    public static JqPath of(String text) throws RuleException {
        throw new RuleException("jq path expressions cannot be read yet: " + text);
    }

    /// As it was written.
    public String text() {
        return text;
    }

    /// Keys and indexes, [String] and [Integer], of every node that it selects and that is there;
    /// an empty path is the whole object.
    ///
    /// @throws RuleException when it fails on this object or takes too many steps
    public List<List<Object>> select(JsonNode object) throws RuleException {
        throw new RuleException(text + " cannot be applied to " + object.getNodeType());
    }
}
