package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.driftledger.model.Rfc3339;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether two scalars mean the same.
final class Scalars {
    /// Go's units in nanoseconds (time.ParseDuration).
    private static final Map<String, BigDecimal> UNITS =
            Map.of(
                    "ns", BigDecimal.ONE,
                    "us", new BigDecimal("1e3"),
                    "µs", new BigDecimal("1e3"),
                    "ms", new BigDecimal("1e6"),
                    "s", new BigDecimal("1e9"),
                    "m", new BigDecimal("60e9"),
                    "h", new BigDecimal("3600e9"));

    private static final int DURATION_MAX = 64;

    private Scalars() {}

    /// The name of the rule by which they are the same; empty when they are written the same; null
    /// when they differ.
    static @Nullable String same(Shape shape, JsonNode desired, JsonNode live) {
        if (desired.isNumber() && live.isNumber()) {
            return sameNumber(desired, live);
        }
        if (desired.equals(live)) {
            return "";
        }
        String wanted = desired.asText();
        String found = live.asText();
        return switch (shape.format()) {
            case QUANTITY -> Quantities.same(wanted, found) ? "quantity" : null;
            case INT_OR_STRING -> sameIntOrString(shape, desired, live);
            case DATE_TIME -> sameTime(wanted, found) ? "time" : null;
            case DURATION -> sameDuration(wanted, found) ? "duration" : null;
            case BASE64 -> stripped(wanted).equals(stripped(found)) ? "base64" : null;
            case PLAIN -> samePlain(shape, desired, live);
        };
    }

    /// Whether they are one and the same text, truth value or integer, so that no rule is needed.
    static boolean plainlySame(JsonNode desired, @Nullable JsonNode live) {
        boolean plain =
                desired instanceof TextNode
                        || desired instanceof BooleanNode
                        || desired instanceof IntNode;
        return plain && desired.equals(live);
    }

    private static @Nullable String sameNumber(JsonNode desired, JsonNode live) {
        if (desired.isIntegralNumber() && live.isIntegralNumber()) {
            return desired.bigIntegerValue().equals(live.bigIntegerValue()) ? "" : null;
        }
        if (!isFinite(desired) || !isFinite(live)) {
            return desired.asText().equals(live.asText()) ? "" : null;
        }
        if (desired.decimalValue().compareTo(live.decimalValue()) != 0) {
            return null;
        }
        return desired.asText().equals(live.asText()) ? "" : "number";
    }

    private static boolean isFinite(JsonNode number) {
        return !number.isFloatingPointNumber()
                || number.isBigDecimal()
                || Double.isFinite(number.doubleValue());
    }

    private static @Nullable String sameIntOrString(Shape shape, JsonNode desired, JsonNode live) {
        return desired.asText().equals(live.asText())
                ? "int-or-string"
                : samePlain(shape, desired, live);
    }

    /// Where no built-in schema tells what a text is, amounts with a unit are taken for amounts:
    /// `12000m` is `12`, but `1.10` is not `1.1`.
    private static @Nullable String samePlain(Shape shape, JsonNode desired, JsonNode live) {
        if (shape.isBuiltIn() || desired.isBoolean() || live.isBoolean()) {
            return null;
        }
        String wanted = desired.asText();
        String found = live.asText();
        boolean units = Quantities.hasUnit(wanted) || Quantities.hasUnit(found);
        return units && Quantities.same(wanted, found) ? "quantity:guessed" : null;
    }

    private static boolean sameTime(String desired, String live) {
        try {
            return Rfc3339.parse(desired).equals(Rfc3339.parse(live));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean sameDuration(String desired, String live) {
        BigDecimal wanted = nanos(desired);
        BigDecimal found = nanos(live);
        return wanted != null && found != null && wanted.compareTo(found) == 0;
    }

    private static @Nullable BigDecimal nanos(String text) {
        if (text.isEmpty() || text.length() > DURATION_MAX) {
            return null;
        }
        BigDecimal sum = BigDecimal.ZERO;
        int at = 0;
        while (at < text.length()) {
            int unit = at;
            while (unit < text.length() && "0123456789.".indexOf(text.charAt(unit)) >= 0) {
                unit++;
            }
            int end = unit;
            while (end < text.length() && Character.isLetter(text.charAt(end))) {
                end++;
            }
            BigDecimal factor = UNITS.get(text.substring(unit, end));
            BigDecimal number = Quantities.parse(text.substring(at, unit));
            if (factor == null || number == null) {
                return text.equals("0") ? BigDecimal.ZERO : null;
            }
            sum = sum.add(number.multiply(factor));
            at = end;
        }
        return sum;
    }

    private static String stripped(String base64) {
        return base64.replace("\n", "").replace("\r", "").replace(" ", "");
    }
}
