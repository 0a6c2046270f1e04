package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.drift.rules.RuleException;
import java.math.BigDecimal;

/// Values as the language writes them as JSON: fields in the order of their names, numbers in
/// their shortest form, no white space.
final class JsonText {
    private static final double PLAIN_MIN = 1e-6;
    private static final double PLAIN_MAX = 1e21;

    private final StringBuilder text = new StringBuilder();
    private final Budget budget;

    private JsonText(Budget budget) {
        this.budget = budget;
    }

    static String of(JsonNode value, Budget budget) throws RuleException {
        JsonText json = new JsonText(budget);
        json.write(value);
        return json.text.toString();
    }

    private void write(JsonNode value) throws RuleException {
        budget.step();
        budget.enter();
        switch (value.getNodeType()) {
            case OBJECT -> {
                String before = "{";
                for (String key : Values.keys(value, budget)) {
                    text.append(before);
                    quote(key);
                    text.append(':');
                    write(value.get(key));
                    before = ",";
                }
                text.append(value.isEmpty() ? "{}" : "}");
            }
            case ARRAY -> {
                String before = "[";
                for (JsonNode each : value) {
                    text.append(before);
                    write(each);
                    before = ",";
                }
                text.append(value.isEmpty() ? "[]" : "]");
            }
            case STRING -> quote(value.textValue());
            case NUMBER -> {
                String number = number(value);
                budget.text(number.length());
                text.append(number);
            }
            case BOOLEAN -> text.append(value.booleanValue());
            case BINARY, MISSING, NULL, POJO -> text.append("null");
        }
        budget.leave();
    }

    private static String number(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value.bigIntegerValue().toString();
        }
        double number = value.doubleValue();
        if (Double.isNaN(number)) {
            return "null";
        }
        number = Math.clamp(number, -Double.MAX_VALUE, Double.MAX_VALUE);
        BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        double size = Math.abs(number);
        if (size == 0 || (size >= PLAIN_MIN && size < PLAIN_MAX)) {
            return exact.toPlainString();
        }
        String digits = exact.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - exact.scale();
        return (number < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + (exponent < 0 ? "e" : "e+")
                + exponent;
    }

    private void quote(String part) throws RuleException {
        budget.text(part.length());
        text.append('"');
        part.codePoints().forEach(this::character);
        text.append('"');
    }

    private void character(int c) {
        switch (c) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\b' -> text.append("\\b");
            case '\f' -> text.append("\\f");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                if (c < ' ' || c == 0x7f) {
                    text.append("\\u00").append(Character.forDigit(c >> 4, 16));
                    text.append(Character.forDigit(c & 0xf, 16));
                } else {
                    text.appendCodePoint(c);
                }
            }
        }
    }
}
