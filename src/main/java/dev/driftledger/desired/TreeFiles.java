package dev.driftledger.desired;

import dev.driftledger.model.IntakeRecord.RenderProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.jspecify.annotations.Nullable;

/// The manifest files of one folder at one commit, in git's order, and what is left out and why.
///
/// @param files those named `*.yaml`, `*.yml` or `*.json`, but for ignore rules
/// @param problems links, submodules and whatever is beyond the limit
/// @param notRules why what may be taken for the folder's ignore rules is not read as such
record TreeFiles(List<Entry> files, List<RenderProblem> problems, List<String> notRules) {
    /// As long as a path in a checkout may be at most on macOS, and a quarter of it on Linux.
    private static final int PATH_BYTES_MAX = 1024;

    private static final int SHOWN_CHARS = 100;

    /// More than an entry about a rendering ever names.
    private static final int PROBLEMS_MAX = 1000;

    /// @param path in the repository; names that are not UTF-8 are read as Latin-1
    record Entry(String path, ObjectId blob) {}

    TreeFiles {
        files = List.copyOf(files);
        problems = List.copyOf(problems);
        notRules = List.copyOf(notRules);
    }

    /// Walks the tree; reads no file.
    ///
    /// @param folder normalised, empty for the root
    static TreeFiles list(
            Repository repository, RevCommit commit, String folder, SourceLimits limits)
            throws IOException {
        Listing listing = new Listing(folder, limits);
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(commit.getTree());
            walk.setRecursive(false);
            if (!folder.isEmpty()) {
                walk.setFilter(PathFilter.create(folder));
            }
            while (!listing.full && walk.next()) {
                listing.take(walk);
            }
        }
        if (!listing.found) {
            listing.problems.add(
                    new RenderProblem(
                            folder,
                            "folder does not exist at this revision"
                                    + " (path of driftledger.sources)"));
        }
        return new TreeFiles(listing.files, listing.problems, listing.notRules);
    }

    /// What was found so far.
    private static final class Listing {
        private final String folder;
        private final SourceLimits limits;
        private final List<Entry> files = new ArrayList<>();
        private final List<RenderProblem> problems = new ArrayList<>();
        private final List<String> notRules = new ArrayList<>();
        private boolean found;
        private boolean full;
        private int entriesCount;

        Listing(String folder, SourceLimits limits) {
            this.folder = folder;
            this.limits = limits;
            this.found = folder.isEmpty();
        }

        void take(TreeWalk walk) throws IOException {
            if (walk.getPathLength() > PATH_BYTES_MAX) {
                String start = walk.getPathString().substring(0, SHOWN_CHARS);
                add(start + "…", "path has more than " + PATH_BYTES_MAX + " bytes", false);
                return;
            }
            String path = walk.getPathString();
            if (++entriesCount > limits.treeEntriesMax()) {
                stop(
                        path,
                        limits.treeEntriesMax()
                                + " files and folders (driftledger.desired.tree-entries-max);"
                                + " give the source a path");
                return;
            }
            FileMode mode = walk.getFileMode(0);
            boolean inside = folder.isEmpty() || path.startsWith(folder + "/");
            found |= inside;
            if (FileMode.TREE.equals(mode)) {
                walk.enterSubtree();
                found |= path.equals(folder);
            } else if (inside) {
                take(path, mode, walk.getObjectId(0));
            }
        }

        private void take(String path, FileMode mode, ObjectId blob) {
            String name = folder.isEmpty() ? path : path.substring(folder.length() + 1);
            if (RulesFile.isNearly(name)) {
                notRules.add(
                        path + " is not read: the file with ignore rules is " + RulesFile.NAME);
            } else if (name.equals(RulesFile.NAME) && FileMode.SYMLINK.equals(mode)) {
                notRules.add(
                        RulesFile.NAME
                                + " is a symbolic link, which is not followed:"
                                + " none of its rules is used");
            } else if (FileMode.SYMLINK.equals(mode)) {
                add(path, "symbolic link is not followed", !isManifest(path));
            } else if (FileMode.GITLINK.equals(mode)) {
                add(path, "submodule is not read", false);
            } else if (isManifest(path) && files.size() == limits.filesMax()) {
                stop(path, limits.filesMax() + " files (driftledger.desired.files-max)");
            } else if (isManifest(path)) {
                files.add(new Entry(path, blob));
            }
        }

        private void add(String path, String message, boolean harmless) {
            if (problems.size() == PROBLEMS_MAX) {
                stop(path, PROBLEMS_MAX + " links, submodules and overlong paths before them");
            } else {
                problems.add(new RenderProblem(path, message, harmless));
            }
        }

        private void stop(String path, String limit) {
            problems.add(
                    new RenderProblem(
                            path, "this and later files are not read: more than " + limit));
            full = true;
        }
    }

    /// Makes a configured folder comparable with git's paths.
    ///
    /// @throws IllegalArgumentException when it leaves the repository
    static String normalise(String folder) {
        List<String> parts = new ArrayList<>();
        for (String part : folder.split("/", -1)) {
            if (part.equals("..") || part.equalsIgnoreCase(Constants.DOT_GIT)) {
                throw new IllegalArgumentException(
                        "path of a source must stay inside of the repository, got '"
                                + folder
                                + "'");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    /// The file with the folder's ignore rules; null when it has none. A link is none.
    static @Nullable ObjectId rules(Repository repository, RevCommit commit, String folder)
            throws IOException {
        try (TreeWalk walk =
                TreeWalk.forPath(repository, RulesFile.path(folder), commit.getTree())) {
            boolean file =
                    walk != null
                            && (walk.getFileMode(0).getBits() & FileMode.TYPE_MASK)
                                    == FileMode.TYPE_FILE;
            return file ? walk.getObjectId(0) : null;
        }
    }

    private static boolean isManifest(String path) {
        if (RulesFile.is(path)) {
            return false;
        }
        String name = path.toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }
}
