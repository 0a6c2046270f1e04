package dev.driftledger.web;

import java.util.ArrayList;
import java.util.List;

/// What each type of problem means, laid out from `docs/reference/problems.md`. Of Markdown it
/// knows what that page uses: headings, paragraphs, inline code and fenced code.
///
/// @param opening what stands before the first section
record ProblemTypes(List<Block> opening, List<Section> sections) {
    ProblemTypes {
        opening = List.copyOf(opening);
        sections = List.copyOf(sections);
    }

    /// One type of problem.
    ///
    /// @param slug the fragment that `type` ends with
    record Section(String slug, List<Block> blocks) {}

    /// A paragraph, or fenced code.
    ///
    /// @param fenced whether it is code as it stands; then it is one part
    record Block(boolean fenced, List<Part> parts) {}

    /// Some text of a paragraph.
    record Part(boolean code, String text) {}

    /// Reads the page.
    static ProblemTypes of(String markdown) {
        String[] parts = markdown.split("(?m)^## ", -1);
        List<Section> sections = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            int end = parts[i].indexOf('\n');
            sections.add(
                    new Section(
                            parts[i].substring(0, end).strip(), blocks(parts[i].substring(end))));
        }
        String opening = parts[0].replaceFirst("\\A# .*", "");
        return new ProblemTypes(blocks(opening), sections);
    }

    private static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        for (String block : text.strip().split("\n\n+", -1)) {
            if (block.startsWith("```")) {
                String code = block.replaceAll("(?m)^```.*\\R?", "").stripTrailing();
                blocks.add(new Block(true, List.of(new Part(true, code))));
            } else {
                blocks.add(new Block(false, parts(block.replace('\n', ' '))));
            }
        }
        return blocks;
    }

    private static List<Part> parts(String paragraph) {
        List<Part> parts = new ArrayList<>();
        boolean code = false;
        for (String text : paragraph.split("`", -1)) {
            if (!text.isEmpty()) {
                parts.add(new Part(code, text));
            }
            code = !code;
        }
        return parts;
    }
}
