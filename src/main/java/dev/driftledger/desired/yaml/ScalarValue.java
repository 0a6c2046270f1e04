package dev.driftledger.desired.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;

/// What a scalar means.
sealed interface ScalarValue {
    record Null() implements ScalarValue {}

    record Bool(boolean value) implements ScalarValue {}

    /// An integer.
    ///
    /// @param value within -2^63 to 2^64-1
    record Int(BigInteger value) implements ScalarValue {}

    /// A floating-point number.
    ///
    /// @param value may be infinite or no number, which JSON cannot say
    record Real(double value) implements ScalarValue {}

    record Text(String value) implements ScalarValue {}

    /// As a value in JSON.
    default JsonNode node(int line) throws YamlException {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        return switch (this) {
            case Null() -> factory.nullNode();
            case Bool(boolean value) -> factory.booleanNode(value);
            case Int(BigInteger value) -> GoNumber.node(value);
            case Real(double value) -> {
                if (!Double.isFinite(value)) {
                    throw new YamlException(line, "JSON has no infinity and no NaN");
                }
                yield GoNumber.node(value);
            }
            case Text(String value) -> factory.textNode(value);
        };
    }

    /// As a key in JSON.
    default String key(int line) throws YamlException {
        return switch (this) {
            case Null() -> throw new YamlException(line, "a key must not be null");
            case Bool(boolean value) -> Boolean.toString(value);
            case Int(BigInteger value) -> {
                if (value.bitLength() > 63) {
                    throw new YamlException(line, "a key is a number of more than 64 bits");
                }
                yield value.toString();
            }
            case Real(double value) -> GoNumber.key(value);
            case Text(String value) -> value;
        };
    }
}
