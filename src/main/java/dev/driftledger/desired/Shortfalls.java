package dev.driftledger.desired;

import dev.driftledger.model.IntakeRecord.RenderProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What is wrong with a source at one revision: each place with the size that it has, the limit,
/// and the setting that moves it. What may hide resources comes before what cannot when there is
/// too much to tell all. Not for several threads.
final class Shortfalls {
    private static final int COUNT_MAX = 200;
    private static final int MESSAGE_CHARS_MAX = 500;
    private static final Comparator<RenderProblem> BY_PLACE =
            Comparator.comparing(RenderProblem::file).thenComparing(RenderProblem::message);

    private final SourceLimits limits;
    private final List<RenderProblem> all;

    Shortfalls(SourceLimits limits, List<RenderProblem> first) {
        this.limits = limits;
        this.all = new ArrayList<>(first);
    }

    void add(String place, String message, boolean harmless) {
        all.add(new RenderProblem(place, message, harmless));
    }

    /// Files from here on would make the source too large.
    void tooManyBytes(String path, int filesCount) {
        later(
                path,
                filesCount,
                "together more than "
                        + limits.sourceBytesMax()
                        + " bytes (driftledger.desired.source-bytes-max)");
    }

    /// Documents of files from here on would need too much memory.
    void tooManyNodes(String path, int filesCount) {
        later(
                path,
                filesCount,
                "together more than "
                        + limits.sourceNodesMax()
                        + " values, aliases expanded (driftledger.desired.source-nodes-max)");
    }

    private void later(String path, int filesCount, String limit) {
        String which = filesCount == 1 ? "this file is" : "this and later files are";
        add(path, which + " not read, " + filesCount + " in all: " + limit, false);
    }

    /// Objects from here on are left out.
    void tooManyObjects(String path) {
        add(
                path,
                "objects of this and later files are left out: more than "
                        + limits.objectsMax()
                        + " (driftledger.desired.objects-max)",
                false);
    }

    /// One object that no API server would take.
    static String tooLarge(String name, long sizeBytes, int bytesMax) {
        return name
                + " has "
                + sizeBytes
                + " bytes, more than "
                + bytesMax
                + " (driftledger.desired.object-bytes-max)";
    }

    /// All of it, or as much as fits into a record and how much more there is, sorted by place.
    List<RenderProblem> told() {
        List<RenderProblem> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(RenderProblem::harmless).thenComparing(BY_PLACE));
        List<RenderProblem> told = new ArrayList<>();
        for (RenderProblem problem : sorted.subList(0, Math.min(sorted.size(), COUNT_MAX))) {
            told.add(
                    new RenderProblem(
                            problem.file(), shortened(problem.message()), problem.harmless()));
        }
        told.sort(BY_PLACE);
        int restCount = sorted.size() - told.size();
        if (restCount > 0) {
            boolean harmless = sorted.get(COUNT_MAX).harmless();
            told.add(new RenderProblem("…", restCount + " more problems", harmless));
        }
        return told;
    }

    private static String shortened(String message) {
        return message.length() <= MESSAGE_CHARS_MAX
                ? message
                : message.substring(0, MESSAGE_CHARS_MAX) + "…";
    }
}
