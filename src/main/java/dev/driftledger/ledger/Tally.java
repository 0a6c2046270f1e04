package dev.driftledger.ledger;

import dev.driftledger.ledger.VerificationReport.Outcome;
import dev.driftledger.ledger.VerificationReport.Step;
import java.util.ArrayList;
import java.util.List;

/// Counts what one step of a verification saw, and keeps the first problems. Thread-safe.
final class Tally {
    private static final int PROBLEMS_SHOWN = 3;

    private final String name;
    private final String one;
    private final String many;
    private final List<String> problems = new ArrayList<>();
    private final List<String> unknowns = new ArrayList<>();
    private long passed;
    private long failed;
    private long unknown;

    /// Starts a step.
    ///
    /// @param one what is counted, such as `entry`
    /// @param many the same in the plural, such as `entries`
    Tally(String name, String one, String many) {
        this.name = name;
        this.one = one;
        this.many = many;
    }

    synchronized void pass(long count) {
        passed += count;
    }

    synchronized void fail(String problem) {
        failed++;
        if (problems.size() < PROBLEMS_SHOWN) {
            problems.add(problem);
        }
    }

    synchronized void notChecked(String reason) {
        unknown++;
        if (unknowns.size() < PROBLEMS_SHOWN) {
            unknowns.add(reason);
        }
    }

    synchronized boolean clean() {
        return failed == 0;
    }

    synchronized Step step() {
        if (failed > 0) {
            return new Step(name, Outcome.FAIL, list(failed, problems) + "; " + seen());
        }
        if (unknown > 0) {
            return new Step(name, Outcome.NOT_CHECKED, list(unknown, unknowns) + "; " + seen());
        }
        return new Step(name, Outcome.PASS, seen());
    }

    private String seen() {
        return passed == 1 ? "1 " + one + " holds" : passed + " " + many + " hold";
    }

    private static String list(long count, List<String> shown) {
        String rest = count > shown.size() ? "; and " + (count - shown.size()) + " more" : "";
        return String.join("; ", shown) + rest;
    }
}
