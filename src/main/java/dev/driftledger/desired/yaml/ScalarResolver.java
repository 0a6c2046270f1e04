package dev.driftledger.desired.yaml;

import java.math.BigInteger;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Decides what a scalar means, as `sigs.k8s.io/yaml` 1.6 does: YAML 1.1 booleans with `y` and `n`,
/// octal by a leading zero, no base 60, times as text.
final class ScalarResolver {
    static final String PREFIX = "tag:yaml.org,2002:";
    static final String MERGE = PREFIX + "merge";

    private static final String STR = PREFIX + "str";
    private static final String BOOL = PREFIX + "bool";
    private static final String INT = PREFIX + "int";
    private static final String FLOAT = PREFIX + "float";
    private static final String NULL = PREFIX + "null";
    private static final String TIMESTAMP = PREFIX + "timestamp";
    private static final String BINARY = PREFIX + "binary";

    private static final BigInteger INT_MIN = BigInteger.TWO.pow(63).negate();
    private static final BigInteger UINT_MAX = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
    private static final Pattern FLOAT_STYLE =
            Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern TIME =
            Pattern.compile(
                    "[0-9]{4}-([1-9]|0[1-9]|1[0-2])-([1-9]|0[1-9]|[12][0-9]|3[01])"
                            + "(([Tt ])([01]?[0-9]|2[0-3]):[0-5]?[0-9]:[0-5]?[0-9]([.,][0-9]+)?"
                            + "(Z|[-+][0-9]{2}:[0-9]{2})?)?");
    private static final Map<String, ScalarValue> WORDS = words();
    private static final int INT_DIGITS_MAX = 80;

    private ScalarResolver() {}

    /// The meaning of a scalar.
    static ScalarValue resolve(YamlNode.Scalar scalar) throws YamlException {
        String tag = scalar.tag();
        if (tag == null) {
            return scalar.implicit() ? ofPlain(scalar.value()) : text(scalar.value());
        }
        return switch (tag) {
            case BOOL, INT, NULL, FLOAT -> ofTagged(scalar, tag);
            case TIMESTAMP -> ofTime(scalar);
            case BINARY -> ofBinary(scalar);
            default -> text(scalar.value());
        };
    }

    private static ScalarValue ofTagged(YamlNode.Scalar scalar, String tag) throws YamlException {
        ScalarValue value = ofPlain(scalar.value());
        boolean fits =
                switch (value) {
                    case ScalarValue.Null() -> tag.equals(NULL);
                    case ScalarValue.Bool(_) -> tag.equals(BOOL);
                    case ScalarValue.Int(BigInteger i) ->
                            tag.equals(INT) || (tag.equals(FLOAT) && i.bitLength() <= 63);
                    case ScalarValue.Real(_) -> tag.equals(FLOAT);
                    case ScalarValue.Text(_) -> tag.equals(STR);
                };
        if (!fits) {
            throw new YamlException(
                    scalar.line(), "value is no !!" + tag.substring(PREFIX.length()));
        }
        return value instanceof ScalarValue.Int(BigInteger i) && tag.equals(FLOAT)
                ? new ScalarValue.Real(i.doubleValue())
                : value;
    }

    private static ScalarValue ofTime(YamlNode.Scalar scalar) throws YamlException {
        if (!TIME.matcher(scalar.value()).matches()) {
            throw new YamlException(scalar.line(), "value is no !!timestamp");
        }
        return text(scalar.value());
    }

    private static ScalarValue ofBinary(YamlNode.Scalar scalar) throws YamlException {
        String joined = scalar.value().replace("\n", "").replace("\r", "");
        try {
            if (joined.length() % 4 == 0) {
                return text(GoText.ofUtf8(Base64.getDecoder().decode(joined)));
            }
        } catch (IllegalArgumentException e) {
            throw new YamlException(scalar.line(), "value of !!binary is no base64");
        }
        throw new YamlException(scalar.line(), "value of !!binary is no base64");
    }

    private static ScalarValue ofPlain(String in) {
        ScalarValue word = WORDS.get(in);
        if (word != null) {
            return word;
        }
        char first = in.charAt(0);
        if (first == '.') {
            return isPointFloat(in) ? ofFloat(in, in.replace("_", "")) : text(in);
        }
        return first == '+' || first == '-' || isDigit(first) ? ofNumber(in) : text(in);
    }

    private static ScalarValue ofNumber(String in) {
        String plain = in.replace("_", "");
        ScalarValue integer = ofInt(plain);
        if (integer != null) {
            return integer;
        }
        if (FLOAT_STYLE.matcher(plain).matches()) {
            return ofFloat(in, plain);
        }
        ScalarValue binary = ofOddBinary(plain);
        return binary == null ? text(in) : binary;
    }

    /// `.5`, `.1_000e+1_0`: each `_` between two digits. A regular expression that says so needs
    /// more stack than there is for a long text.
    private static boolean isPointFloat(String in) {
        int power = Math.max(in.indexOf('e'), in.indexOf('E'));
        if (power < 0) {
            return isDigits(in, 1, in.length());
        }
        boolean signed =
                power + 1 < in.length()
                        && (in.charAt(power + 1) == '+' || in.charAt(power + 1) == '-');
        return isDigits(in, 1, power) && isDigits(in, power + (signed ? 2 : 1), in.length());
    }

    private static boolean isDigits(String in, int start, int end) {
        boolean digit = false;
        for (int i = start; i < end; i++) {
            char c = in.charAt(i);
            if (!isDigit(c) && !(c == '_' && digit)) {
                return false;
            }
            digit = isDigit(c);
        }
        return digit;
    }

    private static ScalarValue ofFloat(String in, String plain) {
        double value = Double.parseDouble(plain);
        return Double.isInfinite(value) ? text(in) : new ScalarValue.Real(value);
    }

    /// `strconv.ParseInt(plain, 0, 64)`, then `ParseUint`; null when neither takes it.
    private static @Nullable ScalarValue ofInt(String plain) {
        boolean signed = !plain.isEmpty() && (plain.charAt(0) == '-' || plain.charAt(0) == '+');
        String digits = signed ? plain.substring(1) : plain;
        int radix = 10;
        if (digits.length() > 1 && digits.charAt(0) == '0') {
            char mark = Character.toLowerCase(digits.charAt(1));
            radix = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
            digits = digits.substring(mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
        }
        return inRange(signed && plain.charAt(0) == '-', signed, digits, radix);
    }

    /// What `0b` makes of a second sign: `0b-1` is -1.
    private static @Nullable ScalarValue ofOddBinary(String plain) {
        if (!plain.startsWith("0b") || plain.length() < 4) {
            return null;
        }
        char sign = plain.charAt(2);
        return sign == '-' || sign == '+'
                ? inRange(sign == '-', true, plain.substring(3), 2)
                : null;
    }

    private static @Nullable ScalarValue inRange(
            boolean negative, boolean signed, String digits, int radix) {
        if (digits.isEmpty() || digits.length() > INT_DIGITS_MAX || !areDigits(digits, radix)) {
            return null;
        }
        BigInteger value = new BigInteger(digits, radix);
        if (negative) {
            value = value.negate();
        }
        boolean tooBig = value.compareTo(UINT_MAX) > 0 || (signed && value.bitLength() > 63);
        return tooBig || value.compareTo(INT_MIN) < 0 ? null : new ScalarValue.Int(value);
    }

    private static boolean areDigits(String text, int radix) {
        return text.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static ScalarValue text(String value) {
        return new ScalarValue.Text(value);
    }

    private static Map<String, ScalarValue> words() {
        Map<String, ScalarValue> words = new HashMap<>();
        add(words, new ScalarValue.Bool(true), "y Y yes Yes YES true True TRUE on On ON");
        add(words, new ScalarValue.Bool(false), "n N no No NO false False FALSE off Off OFF");
        add(words, new ScalarValue.Null(), "~ null Null NULL");
        words.put("", new ScalarValue.Null());
        add(words, new ScalarValue.Real(Double.NaN), ".nan .NaN .NAN");
        add(
                words,
                new ScalarValue.Real(Double.POSITIVE_INFINITY),
                ".inf .Inf .INF +.inf +.Inf +.INF");
        add(words, new ScalarValue.Real(Double.NEGATIVE_INFINITY), "-.inf -.Inf -.INF");
        return words;
    }

    private static void add(Map<String, ScalarValue> words, ScalarValue value, String spellings) {
        for (String spelling : spellings.split(" ", -1)) {
            words.put(spelling, value);
        }
    }
}
