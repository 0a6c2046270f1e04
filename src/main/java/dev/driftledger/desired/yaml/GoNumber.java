package dev.driftledger.desired.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/// Numbers the way Go's `encoding/json` and `strconv` write them.
final class GoNumber {
    private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;
    private static final BigDecimal EXPONENT_FROM = new BigDecimal("1e21");

    private GoNumber() {}

    /// An integer in the smallest node that holds it, as a JSON parser would choose.
    static JsonNode node(BigInteger value) {
        if (value.bitLength() <= 31) {
            return FACTORY.numberNode(value.intValue());
        }
        return value.bitLength() <= 63
                ? FACTORY.numberNode(value.longValue())
                : FACTORY.numberNode(value);
    }

    /// A finite double: an integer when Go would write it without point and exponent.
    static JsonNode node(double value) {
        BigDecimal shortest = shortest(Double.toString(value), value);
        boolean integral = shortest.stripTrailingZeros().scale() <= 0;
        if (integral && shortest.abs().compareTo(EXPONENT_FROM) < 0) {
            return node(shortest.toBigIntegerExact());
        }
        return FACTORY.numberNode(shortest.stripTrailingZeros());
    }

    /// A double as a key: `strconv.FormatFloat(value, 'g', -1, 32)`.
    static String key(double value) {
        float single = (float) value;
        if (Float.isNaN(single)) {
            return ".nan";
        }
        if (Float.isInfinite(single)) {
            return single > 0 ? ".inf" : "-.inf";
        }
        if (single == 0) {
            return 1 / single < 0 ? "-0" : "0";
        }
        BigDecimal digits = new BigDecimal(Float.toString(single)).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= -4 && exponent < 6) {
            return digits.toPlainString();
        }
        String unscaled = digits.unscaledValue().abs().toString();
        String point = unscaled.length() == 1 ? "" : "." + unscaled.substring(1);
        String sign = digits.signum() < 0 ? "-" : "";
        String power = (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "");
        return sign + unscaled.charAt(0) + point + "e" + power + Math.abs(exponent);
    }

    /// Java always writes two digits (`4.9E-324`), where one would do (`5e-324`).
    private static BigDecimal shortest(String text, double value) {
        BigDecimal digits = new BigDecimal(text);
        BigDecimal one = digits.round(new MathContext(1));
        return one.doubleValue() == value ? one : digits;
    }
}
