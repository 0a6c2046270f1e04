package dev.driftledger.desired.yaml;

/// A document that Kubernetes would not read, or that is beyond a limit. The message names the line
/// where it is known and the kind of mistake, never a value.
public final class YamlException extends Exception {
    private static final long serialVersionUID = 1L;

    YamlException(String message) {
        super(message);
    }

    YamlException(int line, String message) {
        super("line " + (line + 1) + ": " + message);
    }

    /// Never null, unlike that of most exceptions.
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
