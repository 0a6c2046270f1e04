package dev.driftledger.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftledger compare`: the service's verdict on files, with no cluster, server or database.
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Compare manifests with what a cluster has, from files alone.",
            "Objects are paired by group, kind, namespace and name, whatever their version."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:in sync, or rules hide what differs",
            "1:drift: something differs, is missing, unmanaged or extra",
            "2:the arguments are wrong, or something could not be read or judged"
        },
        footer = {
            "",
            "Examples:",
            "  kubectl get deploy,svc,cm -n shop -o yaml --show-managed-fields > live.yaml",
            "  driftledger compare --desired shop.yaml --live live.yaml -n shop",
            "  kubectl get -f shop.yaml -o yaml --show-managed-fields |",
            "      driftledger compare --desired shop.yaml --live - -o json"
        })
public final class CompareCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Mixin private ComparisonInput input = new ComparisonInput();

    @Option(names = "--notes", description = "Show also what differs and does not count.")
    private boolean notes;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table or json. Default: ${DEFAULT-VALUE}.")
    private Format output = Format.table;

    /// How a comparison is printed.
    enum Format {
        table,
        json
    }

    /// Made by picocli.
    public CompareCommand() {}

    @Override
    public Integer call() {
        CommandSpec line = Objects.requireNonNull(spec, "picocli sets it");
        PrintWriter out = line.commandLine().getOut();
        try {
            FileComparison comparison = input.load();
            List<FileComparison.Row> rows = comparison.rows();
            switch (output) {
                case json -> out.println(ComparisonJson.of(comparison, rows));
                case table -> new ComparisonTable(out, notes, comparison).print(rows);
            }
            out.flush();
            return ComparisonSummary.of(comparison, rows).exitCode();
        } catch (IOException | IllegalArgumentException e) {
            PrintWriter err = line.commandLine().getErr();
            err.println("cannot compare: " + Printable.text(String.valueOf(e.getMessage())));
            err.flush();
            return ComparisonSummary.ERROR;
        }
    }
}
