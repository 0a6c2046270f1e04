package dev.driftledger.desired.yaml;

/// A document that Kubernetes would not read, or that is beyond a limit. The message names the line
/// where it is known and the kind of mistake, never a value.
public final class YamlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String problem;

    YamlException(String message) {
        super(message);
        this.line = -1;
        this.problem = message;
    }

    /// @param line from 0
    YamlException(int line, String message) {
        super("line " + (line + 1) + ": " + message);
        this.line = line;
        this.problem = message;
    }

    /// The same in a text that has so many more lines before.
    YamlException after(int lines) {
        return line < 0 ? this : new YamlException(line + lines, problem);
    }

    /// Never null, unlike that of most exceptions.
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
