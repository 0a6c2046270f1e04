package dev.driftledger.web;

import dev.driftledger.model.Digest;

/// Draws the path from an entry to the root: the entry at the bottom, each sibling on its side, at
/// the top the two hashes that must be equal.
final class ProofPicture {
    private static final int WIDTH = 720;
    private static final int MIDDLE = WIDTH / 2;
    private static final int BOX_WIDTH = 200;
    private static final int BOX_HEIGHT = 40;
    private static final int ROW_HEIGHT = 76;
    private static final int TOP = 8;

    private ProofPicture() {}

    static String svg(ProofWalk walk) {
        int rows = walk.steps().size() + 1;
        int height = TOP + ROW_HEIGHT * rows + BOX_HEIGHT + 8;
        Svg svg =
                Svg.picture(
                        "proof",
                        "viewBox=\"0 0 "
                                + WIDTH
                                + " "
                                + height
                                + "\" width=\""
                                + WIDTH
                                + "\" height=\""
                                + height
                                + "\"",
                        "Inclusion proof of entry " + walk.index(),
                        describe(walk));
        int y = height - BOX_HEIGHT - 8;
        for (ProofWalk.Step step : walk.steps()) {
            drawStep(svg, step, y);
            y -= ROW_HEIGHT;
        }
        drawLeaf(svg, walk, height - BOX_HEIGHT - 8);
        drawInner(svg, walk, height - BOX_HEIGHT - 8);
        drawRoots(svg, walk);
        return svg.end();
    }

    private static String describe(ProofWalk walk) {
        return "From the hash of entry "
                + walk.index()
                + " upwards, "
                + walk.steps().size()
                + " sibling hashes lead to the root of the tree of "
                + walk.size()
                + " entries. The computed root "
                + (walk.holds() ? "equals" : "is not")
                + " the root in the signed checkpoint.";
    }

    private static void drawStep(Svg svg, ProofWalk.Step step, int y) {
        int x = step.siblingLeft() ? 8 : WIDTH - BOX_WIDTH - 8;
        int from = x + BOX_WIDTH / 2;
        int parentBottom = y - ROW_HEIGHT + BOX_HEIGHT;
        int bend = parentBottom + 18;
        svg.shape(
                "path",
                "class",
                "edge",
                "d",
                "M" + from + " " + y + "V" + bend + "H" + MIDDLE + "V" + parentBottom);
        svg.shape("path", "class", "edge strong", "d", "M" + MIDDLE + " " + y + "V" + parentBottom);
        drawBox(svg, x, y, "box sibling", "sibling from the log", step.sibling());
    }

    private static void drawLeaf(Svg svg, ProofWalk walk, int y) {
        String label = "entry " + walk.index() + ", hashed here";
        drawBox(svg, MIDDLE - BOX_WIDTH / 2, y, "box leaf", label, walk.leaf());
    }

    private static void drawInner(Svg svg, ProofWalk walk, int leafY) {
        int y = leafY;
        for (ProofWalk.Step step : walk.steps().subList(0, Math.max(0, walk.steps().size() - 1))) {
            y -= ROW_HEIGHT;
            drawBox(svg, MIDDLE - BOX_WIDTH / 2, y, "box node", "computed", step.parent());
        }
    }

    private static void drawRoots(Svg svg, ProofWalk walk) {
        int left = MIDDLE - BOX_WIDTH / 2;
        String tone = walk.holds() ? " equal" : " unequal";
        int y = TOP + (walk.steps().isEmpty() ? 0 : ROW_HEIGHT);
        if (!walk.steps().isEmpty()) {
            drawBox(svg, left, y, "box root" + tone, "root, computed", walk.computed());
        }
        int bottom = walk.steps().isEmpty() ? TOP + ROW_HEIGHT : y;
        svg.shape(
                "path",
                "class",
                "edge dashed",
                "d",
                "M" + MIDDLE + " " + bottom + "V" + (TOP + BOX_HEIGHT));
        drawBox(svg, left, TOP, "box root signed" + tone, "root, signed", walk.root());
        svg.text(
                walk.holds() ? "= equal: it is in the log" : "≠ not equal: refuted",
                "class",
                "verdict" + tone,
                "x",
                MIDDLE + 12,
                "y",
                TOP + BOX_HEIGHT + 23);
    }

    private static void drawBox(Svg svg, int x, int y, String cssClass, String label, Digest hash) {
        String hex = hash.hex();
        svg.titled(
                label + ": " + hex,
                "rect",
                "class",
                cssClass,
                "x",
                x,
                "y",
                y,
                "width",
                BOX_WIDTH,
                "height",
                BOX_HEIGHT,
                "rx",
                4);
        svg.text(label, "class", "label", "x", x + 10, "y", y + 15);
        svg.text(
                hex.substring(0, 10) + "…" + hex.substring(54),
                "class",
                "hash",
                "x",
                x + 10,
                "y",
                y + 32);
    }
}
