package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.drift.rules.RuleException;
import java.util.ArrayList;
import java.util.List;

/// A compiled jq path expression, as it stands in `del(<expression>)`.
public final class JqPath {
    private static final int LENGTH_MAX = 4096;

    private final Expression expression;

    private JqPath(Expression expression) {
        this.expression = expression;
    }

    /// Compiles what stands between the brackets of `del()`.
    ///
    /// @throws RuleException when the text is no path expression, or uses what rules may not
    public static JqPath of(String text) throws RuleException {
        if (text.length() > LENGTH_MAX) {
            throw new RuleException("jq expression has more than " + LENGTH_MAX + " characters");
        }
        return new JqPath(Parser.parse(text));
    }

    /// Keys and indexes, [String] and [Integer], of every node that it selects and that is there;
    /// an empty path is the whole object. In an order in which they can be taken out one by one:
    /// later items before earlier ones, inner nodes before outer ones.
    ///
    /// @throws RuleException when it fails on this object, selects something that was computed, or
    ///     takes more than its budget
    public List<List<Object>> select(JsonNode object) throws RuleException {
        Budget budget = new Budget();
        List<List<Object>> paths = new ArrayList<>();
        try {
            new Evaluator(budget)
                    .run(
                            expression,
                            Environment.EMPTY,
                            Item.root(object),
                            each -> {
                                budget.build(each.requireIntact().count());
                                paths.add(each.requireIntact().list());
                            });
            return Deletion.existing(object, paths, budget);
        } catch (JqError e) {
            throw new RuleException("jq expression fails: " + e.shortened());
        }
    }
}
