package dev.driftledger.cli;

import dev.driftledger.ledger.Checkpoint;
import dev.driftledger.ledger.LogFiles;
import dev.driftledger.ledger.LogFiles.UnreadableException;
import dev.driftledger.ledger.Note;
import dev.driftledger.ledger.Verification;
import dev.driftledger.ledger.Verification.Extent;
import dev.driftledger.ledger.VerificationReport;
import dev.driftledger.ledger.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `driftledger verify`: checks a log, live or copied, without a database and without trusting the
/// server it came from.
///
/// Exit codes: 0 nothing failed, 1 something failed, 2 the arguments are wrong or the log cannot be
/// read.
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Check a log: every entry, hash and signature, sequences, times and silences.",
            "Each step ends in PASS, FAIL or NOT_CHECKED with the reason."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing failed",
            "1:something failed",
            "2:the arguments are wrong, or the log cannot be read"
        },
        footer = {
            "",
            "Examples:",
            "  driftledger verify http://127.0.0.1:8080/log/<cluster uid>/",
            "  wget -q -r -np -P copy http://127.0.0.1:8080/log/<cluster uid>/",
            "  driftledger verify copy --key-file trusted.key"
        })
public final class VerifyCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int UNREADABLE = 2;

    @Parameters(
            paramLabel = "<url or folder>",
            description = "The log's URL, or a folder that holds the files of one or more logs.")
    private String place = "";

    @Option(
            names = "--key",
            paramLabel = "VKEY",
            description = {
                "The log's verifier key (name+id+base64), got from elsewhere than the log.",
                "May be repeated. Without it the log's own file 'key' is used and nothing vouches"
                        + " for it."
            })
    private List<String> keys = new ArrayList<>();

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "A file with one verifier key a line.")
    private @Nullable Path keyFile;

    @Option(
            names = "--hashes-only",
            description = "Check entries as bytes, hashes and signatures, not what entries say.")
    private boolean hashesOnly;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Option(
            names = "--recompute",
            description = {
                "Compute every verdict again from the content that entries name, and compare.",
                "Needs the log's blobs."
            })
    private boolean recompute;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many bundles to check at the same time; as many as processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Spec private @Nullable CommandSpec spec;

    /// Made by picocli.
    public VerifyCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        VerifyReportPrinter printer = VerifyReportPrinter.to(spec, json);
        try {
            if (threads < 1 || threads > 256) {
                throw new IllegalArgumentException("--threads must be 1 to 256, got " + threads);
            }
            Map<String, VerificationReport> reports = verifyAll(trustedKeys());
            printer.print(reports);
            boolean failed = reports.values().stream().anyMatch(VerificationReport::failed);
            return failed ? FAILED : 0;
        } catch (UnreadableException
                | IOException
                | UncheckedIOException
                | IllegalArgumentException e) {
            printer.printError("verify: " + e.getMessage());
            return UNREADABLE;
        }
    }

    private List<VerifierKey> trustedKeys() throws IOException {
        List<String> texts = new ArrayList<>(keys);
        if (keyFile != null) {
            texts.addAll(Files.readAllLines(keyFile));
            texts.removeIf(String::isBlank);
        }
        return texts.stream().map(text -> VerifierKey.parse(text.strip())).toList();
    }

    private Map<String, VerificationReport> verifyAll(List<VerifierKey> trusted)
            throws IOException, UnreadableException, InterruptedException {
        Map<String, VerificationReport> reports = new LinkedHashMap<>();
        if (place.startsWith("http://") || place.startsWith("https://")) {
            try (UrlLogFiles files = new UrlLogFiles(URI.create(place))) {
                requireCheckpoint(files);
                reports.put(place, report(files, trusted));
            }
            return reports;
        }
        List<Path> folders = FolderLogFiles.find(folder());
        if (folders.isEmpty()) {
            throw new IOException("no file 'checkpoint' in or below " + place + ", so no log");
        }
        for (Path log : folders) {
            LogFiles files = new FolderLogFiles(log);
            reports.put(log.toString(), report(files, trusted));
        }
        return reports;
    }

    private VerificationReport report(LogFiles files, List<VerifierKey> trusted)
            throws UnreadableException, InterruptedException {
        Extent extent = hashesOnly ? Extent.HASHES : Extent.ALL;
        VerificationReport report = new Verification(files, trusted, threads, extent).run();
        Checkpoint checkpoint = report.checkpoint();
        if (!recompute || checkpoint == null || report.failed()) {
            return report;
        }
        List<VerificationReport.Step> steps = new ArrayList<>(report.steps());
        steps.add(VerdictSteps.of(new LogWalker(files, checkpoint.size())));
        return new VerificationReport(report.checkpoint(), steps);
    }

    private static void requireCheckpoint(LogFiles files) throws IOException, UnreadableException {
        if (files.read("checkpoint", Note.SIZE_MAX_BYTES) == null) {
            throw new IOException(
                    "there is no 'checkpoint' at this URL; give that of one log, such as"
                            + " http://127.0.0.1:8080/log/<cluster uid>/");
        }
    }

    private Path folder() throws IOException {
        try {
            Path path = Path.of(place);
            if (Files.isDirectory(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new IOException("'" + place + "' is neither an http(s) URL nor a path", e);
        }
        throw new IOException("'" + place + "' is neither an http(s) URL nor a folder");
    }
}
