package dev.driftledger.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Explanation;
import dev.driftledger.model.Json;
import dev.driftledger.model.ResourceKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `driftledger why`: every rule that fired on the way to a verdict, from files or from a service.
@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Say why a verdict is what it is: every rule that fired, in order, for every field.",
            "From files (--desired, --live), or from a running service (--url)."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:explained",
            "2:the arguments are wrong, or the resource cannot be found or read"
        },
        footer = {
            "",
            "Examples:",
            "  driftledger why --desired shop.yaml --live live.yaml Deployment/web",
            "  driftledger why --url http://127.0.0.1:8080 <cluster uid>/Deployment/shop/web"
        })
public final class WhyCommand implements Callable<Integer> {
    private static final int ERROR = 2;

    private static final Pattern CLUSTER_UID =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private static final Set<String> WITH_URL = Set.of("--url", "--at", "--field", "--output");

    @Spec private @Nullable CommandSpec spec;

    @Mixin private ComparisonInput input = new ComparisonInput();

    @Parameters(
            arity = "0..1",
            paramLabel = "RESOURCE",
            description = {
                "KIND[.GROUP]/[NAMESPACE/]NAME, with --url <cluster uid>/ before it and - as the",
                "namespace of what has none. From files all resources by default."
            })
    private @Nullable String resource;

    @Option(names = "--url", paramLabel = "URL", description = "Where a service answers.")
    private @Nullable URI url;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "With --url: as of that moment, RFC 3339; now by default.")
    private @Nullable String at;

    @Option(
            names = "--field",
            paramLabel = "PATH",
            defaultValue = "",
            description = {
                "Only fields whose path begins so, such as spec.template; rules and the verdict",
                "are said all the same."
            })
    private String field = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json. Default: ${DEFAULT-VALUE}.")
    private Format output = Format.text;

    /// How an explanation is printed.
    enum Format {
        text,
        json
    }

    /// Made by picocli.
    public WhyCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        CommandSpec line = Objects.requireNonNull(spec, "picocli sets it");
        PrintWriter out = line.commandLine().getOut();
        try {
            requireOptionsThatFit(line);
            ArrayNode explanations = url == null ? fromFiles() : fromService(url);
            if (!field.isEmpty()) {
                FieldSteps.keep(explanations, field);
            }
            switch (output) {
                case json -> {
                    ObjectNode all = Json.shared().createObjectNode();
                    all.set("explanations", explanations);
                    out.println(ComparisonJson.text(all));
                }
                case text -> explanations.forEach(each -> print(out, each));
            }
            out.flush();
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            PrintWriter err = line.commandLine().getErr();
            err.println("cannot explain: " + Printable.text(String.valueOf(e.getMessage())));
            err.flush();
            return ERROR;
        }
    }

    private void print(PrintWriter out, JsonNode explanation) {
        String title = title(explanation.path("resource").asText());
        String verdict = explanation.path("verdict").asText();
        ExplanationText.print(out, title + "  " + verdict, explanation.path("steps"));
    }

    /// As everywhere: `apps/Deployment shop/cart`.
    private static String title(String id) {
        int colon = id.indexOf(':');
        boolean withCluster = colon > 0 && CLUSTER_UID.matcher(id.substring(0, colon)).matches();
        try {
            return ResourceKey.ofId(withCluster ? id.substring(colon + 1) : id).display();
        } catch (IllegalArgumentException _) {
            return id; // of a service that names resources otherwise
        }
    }

    /// Options that would have no effect are refused, for whoever gives one expects one.
    private void requireOptionsThatFit(CommandSpec line) {
        if (url == null) {
            if (at != null) {
                throw new IllegalArgumentException(
                        "--at goes with --url alone: files hold no other moment; give --url or"
                                + " leave --at out");
            }
            return;
        }
        for (OptionSpec option : line.commandLine().getParseResult().matchedOptions()) {
            if (!WITH_URL.contains(option.longestName())) {
                throw new IllegalArgumentException(
                        option.longestName()
                                + " is for files and --url for a running service; give one of"
                                + " them");
            }
        }
    }

    private ArrayNode fromFiles() throws IOException {
        if (!input.isGiven()) {
            throw new IllegalArgumentException(
                    "give --desired and --live for files, or --url for a running service");
        }
        FileComparison comparison = input.load();
        ResourceName name = resource == null ? null : ResourceName.parse(resource);
        List<FileComparison.Row> rows = new ArrayList<>(comparison.rows());
        rows.removeIf(row -> name != null && !name.matches(row.key()));
        if (rows.isEmpty()) {
            String which = name == null ? "no object" : "no object " + resource;
            throw new IOException("the files hold " + which + flawed(comparison));
        }
        ArrayNode explanations = Json.shared().createArrayNode();
        for (FileComparison.Row row : rows) {
            Explanation explanation = comparison.explain(row);
            ObjectNode node = explanations.addObject();
            node.put("resource", row.key().id());
            node.put("verdict", explanation.verdict().label());
            node.put("schemas", comparison.terms().schemasName());
            node.set("steps", ComparisonJson.steps(explanation.steps()));
        }
        return explanations;
    }

    private static String flawed(FileComparison comparison) {
        return comparison.flaws().isEmpty() ? "" : "; but " + comparison.flaws().getFirst().words();
    }

    private ArrayNode fromService(URI service) throws IOException, InterruptedException {
        if (resource == null || resource.indexOf('/') < 1) {
            throw new IllegalArgumentException(
                    "with --url say which resource: <cluster uid>/KIND[.GROUP]/NAMESPACE/NAME");
        }
        int slash = resource.indexOf('/');
        if (!CLUSTER_UID.matcher(resource.substring(0, slash)).matches()) {
            throw new IllegalArgumentException(
                    "with --url a resource begins with its cluster's uid, such as"
                            + " 0b6f1a52-3c1e-4d5b-9f60-7c2d8e4a1b93/Deployment.apps/shop/cart;"
                            + " GET /api/v1/clusters has the uids, got '"
                            + resource
                            + "'");
        }
        ResourceName name = ResourceName.parse(resource.substring(slash + 1));
        String id = resource.substring(0, slash) + ":" + name.key().id();
        JsonNode explanation = new ServiceApi(service).explanation(id, at);
        return Json.shared().createArrayNode().add(explanation);
    }
}
