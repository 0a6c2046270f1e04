package dev.driftledger.drift.rules.jq;

import dev.driftledger.drift.rules.RuleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The names that are defined where the parser is.
final class Names {
    private final List<String> known = new ArrayList<>();

    /// Functions as `name/arguments`, separated by white space.
    static Set<String> listed(String functions) {
        return Set.of(functions.strip().split("\\s+", -1));
    }

    int mark() {
        return known.size();
    }

    void reset(int mark) {
        known.subList(mark, known.size()).clear();
    }

    void variable(String name) {
        known.add("$" + name);
    }

    void label(String name) {
        known.add("*" + name);
    }

    void function(String name, int argumentsCount) {
        known.add(name + "/" + argumentsCount);
    }

    /// A parameter `$x` can be used as `$x` and as `x`.
    void parameters(List<String> parameters) {
        for (String each : parameters) {
            boolean value = each.startsWith("$");
            if (value) {
                known.add(each);
            }
            function(value ? each.substring(1) : each, 0);
        }
    }

    void requireVariable(String name) throws RuleException {
        if (!known.contains("$" + name)) {
            throw new RuleException("jq expression: $" + name + " is not defined");
        }
    }

    void requireLabel(String name) throws RuleException {
        if (!known.contains("*" + name)) {
            throw new RuleException("jq expression: there is no label $" + name);
        }
    }

    void requireFunction(String name, int argumentsCount) throws RuleException {
        String function = name + "/" + argumentsCount;
        if (!known.contains(function)
                && !Generators.NAMES.contains(function)
                && !Functions.NAMES.contains(function)) {
            throw new RuleException(
                    "jq expression: ignore rules cannot use "
                            + function
                            + ", which is unknown or depends on more than the object");
        }
    }
}
