package dev.driftledger.intake;

/// A record has more bytes than the intake takes; sending it again cannot help. The message names
/// the sizes and the setting, nothing of the content.
public final class RecordTooLargeException extends Exception {
    private static final long serialVersionUID = 1L;

    /// @param message got and want
    public RecordTooLargeException(String message) {
        super(message);
    }

    /// Never null, unlike that of most exceptions.
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
