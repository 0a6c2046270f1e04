package dev.driftledger.drift.rules;

/// A rule, or a part of one, that cannot be used; the message says why, without the rule's name.
public final class RuleException extends Exception {
    private static final long serialVersionUID = 1;

    private final String sentence;

    /// A sentence about what cannot be used.
    public RuleException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    @Override
    public String getMessage() {
        return sentence;
    }
}
