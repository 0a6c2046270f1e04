package dev.driftledger.drift.rules;

/// A rule, or a part of one, that cannot be used; the message says why, without the rule's name.
public final class RuleException extends Exception {
    private static final long serialVersionUID = 1;

    /// @param message one sentence
    public RuleException(String message) {
        super(message);
    }
}
