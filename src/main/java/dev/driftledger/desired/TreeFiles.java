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

/// The manifest files of one folder at one commit, in git's order, and what is left out and why.
///
/// @param files those named `*.yaml`, `*.yml` or `*.json`
/// @param problems links, submodules and whatever is beyond the limit
record TreeFiles(List<Entry> files, List<RenderProblem> problems) {

    /// @param path in the repository; names that are not UTF-8 are read as Latin-1
    record Entry(String path, ObjectId blob) {}

    TreeFiles {
        files = List.copyOf(files);
        problems = List.copyOf(problems);
    }

    /// Walks the tree; reads no file.
    ///
    /// @param folder normalised, empty for the root
    static TreeFiles list(Repository repository, RevCommit commit, String folder, int filesMax)
            throws IOException {
        List<Entry> files = new ArrayList<>();
        List<RenderProblem> problems = new ArrayList<>();
        boolean found = folder.isEmpty();
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(commit.getTree());
            walk.setRecursive(false);
            if (!folder.isEmpty()) {
                walk.setFilter(PathFilter.create(folder));
            }
            while (walk.next()) {
                String path = walk.getPathString();
                FileMode mode = walk.getFileMode(0);
                boolean inside = folder.isEmpty() || path.startsWith(folder + "/");
                found |= inside;
                if (FileMode.TREE.equals(mode)) {
                    walk.enterSubtree();
                    found |= path.equals(folder);
                } else if (inside && FileMode.SYMLINK.equals(mode)) {
                    problems.add(new RenderProblem(path, "symbolic link is not followed"));
                } else if (inside && FileMode.GITLINK.equals(mode)) {
                    problems.add(new RenderProblem(path, "submodule is not read"));
                } else if (inside && isManifest(path)) {
                    if (files.size() == filesMax) {
                        problems.add(tooMany(path, filesMax));
                        break;
                    }
                    files.add(new Entry(path, walk.getObjectId(0)));
                }
            }
        }
        if (!found) {
            problems.add(new RenderProblem(folder, "folder does not exist at this revision"));
        }
        return new TreeFiles(files, problems);
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

    private static RenderProblem tooMany(String path, int filesMax) {
        return new RenderProblem(
                path,
                "this and later files are not read: more than "
                        + filesMax
                        + " files (driftledger.desired.files-max)");
    }

    private static boolean isManifest(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }
}
