package dev.driftledger.desired.yaml;

import org.yaml.snakeyaml.error.YAMLException;

/// Characters that begin no token. It travels through the parser, so it is one of its exceptions;
/// the message names the mistake and nothing of the text.
final class ScanException extends YAMLException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String problem;

    /// @param line from 0
    ScanException(int line, String problem) {
        super(problem);
        this.line = line;
        this.problem = problem;
    }

    int line() {
        return line;
    }

    String problem() {
        return problem;
    }
}
