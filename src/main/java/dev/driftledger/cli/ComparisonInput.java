package dev.driftledger.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.cluster.EdgeKey;
import dev.driftledger.desired.LocalManifests;
import dev.driftledger.desired.LocalManifests.Flaw;
import dev.driftledger.desired.RulesFile;
import dev.driftledger.desired.SourceLimits;
import dev.driftledger.desired.yaml.KubernetesYaml;
import dev.driftledger.desired.yaml.YamlException;
import dev.driftledger.drift.Comparison;
import dev.driftledger.drift.ManagerTable;
import dev.driftledger.drift.Schemas;
import dev.driftledger.drift.Severities;
import dev.driftledger.drift.rules.RuleSet;
import dev.driftledger.model.Redaction;
import dev.driftledger.service.BundledSchemas;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of commands that compare files, and what stands in the files.
final class ComparisonInput {
    private static final String STDIN = "-";

    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    @Option(
            names = "--desired",
            paramLabel = "FILE|DIR",
            description = {
                "What git wants: YAML or JSON, any number of documents; - is stdin. A folder",
                "stands for its files *.yaml, *.yml and *.json, not for folders in it."
            })
    private @Nullable String desired;

    @Option(
            names = "--live",
            paramLabel = "FILE|DIR",
            description = {
                "What the cluster has, such as the output of",
                "kubectl get -o yaml --show-managed-fields; - is stdin."
            })
    private @Nullable String live;

    @Option(
            names = "--applied",
            paramLabel = "FILE|DIR",
            description = "What was applied before: tells what git names no more.")
    private @Nullable String applied;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = {
                "Ignore rules: our own, Argo CD's Application and argocd-cm, Flux's HelmRelease",
                "and Kustomization, in any mix. What a rule hides stays visible."
            })
    private @Nullable String rules;

    @Option(
            names = "--openapi",
            paramLabel = "DIR",
            description = {
                "OpenAPI v3 documents of the cluster (apis__apps__v1.json, or in folders),",
                "instead of those of Kubernetes " + BundledSchemas.VERSION + " that come along."
            })
    private @Nullable Path openapi;

    @Option(
            names = "--crd",
            paramLabel = "FILE|DIR",
            description = {
                "CustomResourceDefinitions; those among the live and the wanted objects count",
                "too. Of two of one kind this one counts, else the live one."
            })
    private List<String> crds = new ArrayList<>();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Namespace of objects that name none. Default: ${DEFAULT-VALUE}.")
    private String namespace = "default";

    @Option(
            names = "--manager",
            paramLabel = "NAME",
            description = {
                "Field manager of whoever applies. By default every reconciler and kubectl's",
                "client-side apply may be it."
            })
    private @Nullable String manager;

    @Option(
            names = "--class",
            paramLabel = "MANAGER=CLASS",
            description = {
                "What sort of actor a field manager is: human, controller, reconciler or",
                "admission. A name may end in *. May be repeated."
            })
    private Map<String, String> classes = new TreeMap<>();

    @Option(
            names = "--severities",
            paramLabel = "FILE",
            description = "Rows {kind, path, severity} that go before the built-in ones.")
    private @Nullable String severities;

    private final SourceLimits limits = SourceLimits.DEFAULTS;
    private boolean stdinRead;

    /// Whether files are to be compared at all.
    boolean isGiven() {
        return desired != null || live != null;
    }

    /// Reads every file.
    ///
    /// @throws IOException when a file cannot be read at all
    /// @throws IllegalArgumentException when an option is wrong
    FileComparison load() throws IOException {
        requireNames();
        LocalManifests wanted = manifests("--desired", desired);
        LocalManifests found = manifests("--live", live);
        LocalManifests before = applied == null ? null : manifests("--applied", applied);
        List<LocalManifests> definitions = new ArrayList<>();
        for (String crd : crds) {
            LocalManifests file = manifests("--crd", crd);
            if (file.definitions().isEmpty()) {
                throw new IllegalArgumentException(
                        "--crd " + crd + " holds no CustomResourceDefinition");
            }
            definitions.add(file);
        }
        SchemaChoice schemas = SchemaChoice.of(openapi, List.of(wanted, found));
        List<ObjectNode> known = new ArrayList<>(wanted.definitions());
        known.addAll(found.definitions()); // what the cluster has now goes before what git wants
        definitions.forEach(file -> known.addAll(file.definitions()));
        Schemas all = schemas.schemas();
        for (ObjectNode definition : known) {
            all = all.withCrd(definition);
        }
        RuleSet hidings = rules();
        return new FileComparison(
                new FileComparison.Files(wanted, found, before, definitions, warnings(hidings)),
                new LocalManifests.Placing(namespace, known, redaction()),
                new FileComparison.Terms(
                        schemas.name(),
                        manager,
                        new Comparison.Criteria(
                                all,
                                ManagerTable.builtIn().with(new TreeMap<>(classes)),
                                severities(),
                                hidings)));
    }

    private List<Flaw> warnings(RuleSet hidings) {
        return rules != null && hidings.isEmpty() && hidings.problems().isEmpty()
                ? List.of(new Flaw(rules, 0, "no rules in it"))
                : List.of();
    }

    private void requireNames() {
        if (!DNS_LABEL.matcher(namespace).matches()) {
            throw new IllegalArgumentException(
                    "--namespace must be a DNS label such as shop (a-z, 0-9 and -, at most 63"
                            + " characters), got '"
                            + namespace
                            + "'");
        }
        if (manager != null && manager.isBlank()) {
            throw new IllegalArgumentException(
                    "--manager is empty; give a field manager's name, or leave the option out");
        }
    }

    private LocalManifests manifests(String option, @Nullable String file) throws IOException {
        if (file == null) {
            throw new IllegalArgumentException(
                    option + " is missing; give a file with manifests, or - for stdin");
        }
        if (!file.equals(STDIN) && Files.isDirectory(path(option, file))) {
            return ManifestFolder.read(option, path(option, file), limits);
        }
        String name = file.equals(STDIN) ? "stdin" : file;
        return LocalManifests.parse(name, bytes(option, file), limits);
    }

    /// One byte more than the limit at most, so that what is too large can be told.
    private byte[] bytes(String option, String file) throws IOException {
        int most = (int) Math.min(Integer.MAX_VALUE - 16, limits.sourceBytesMax() + 1);
        if (file.equals(STDIN)) {
            if (stdinRead) {
                throw new IllegalArgumentException(
                        option + " is - like another option; stdin can be read only once");
            }
            stdinRead = true;
            return System.in.readNBytes(most);
        }
        Path path = path(option, file);
        if (Files.isDirectory(path)) {
            throw new IOException(option + " " + file + " is a folder; give a file or -");
        }
        if (!Files.isReadable(path)) {
            throw new IOException(option + " " + file + " is no readable file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(most);
        }
    }

    private static Path path(String option, String file) throws IOException {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new IOException(option + " '" + file + "' is no path", e);
        }
    }

    /// Values of Secrets are told to be equal or not, under a key that is kept nowhere.
    private static Redaction redaction() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return new EdgeKey("compare", secret).redaction(List.of());
    }

    /// Rules as they hold now: what expired, or cannot be read, hides nothing, as in the service.
    private RuleSet rules() throws IOException {
        if (rules == null) {
            return RuleSet.none();
        }
        String name = rules.equals(STDIN) ? "stdin" : rules;
        return RuleSet.of(RulesFile.parse(name, bytes("--rules", rules), limits)).at(Instant.now());
    }

    private Severities severities() throws IOException {
        if (severities == null) {
            return Severities.builtIn();
        }
        try {
            byte[] file = bytes("--severities", severities);
            JsonNode rows = new KubernetesYaml(limits.yaml()).readOne(file);
            return Severities.builtIn().with(Severities.rows(rows));
        } catch (IllegalArgumentException e) {
            String words = "--severities " + severities + ": " + e.getMessage();
            throw new IllegalArgumentException(words, e);
        } catch (YamlException e) {
            throw new IOException("--severities " + severities + ": " + e.getMessage(), e);
        }
    }
}
