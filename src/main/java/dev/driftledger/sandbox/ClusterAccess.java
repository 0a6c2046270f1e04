package dev.driftledger.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/// The users of the sandbox cluster, each with a random token and a kubeconfig file (mode 0600).
///
/// `admin` is in `system:masters`; `alice` (the human), `ci` and `platform` may do everything as
/// cluster-admin; `driftledger` may only get, list and watch, as the service needs it.
public final class ClusterAccess {
    public static final String ADMIN = "admin";
    public static final String ALICE = "alice";
    public static final String CI = "ci";
    public static final String PLATFORM = "platform";
    public static final String DRIFTLEDGER = "driftledger";

    private static final List<String> USERS = List.of(ADMIN, ALICE, CI, PLATFORM, DRIFTLEDGER);
    private static final String LAB_GROUP = "sandbox:lab";
    private static final String READ_GROUP = "sandbox:readers";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Path folder;
    private final String url;

    ClusterAccess(Path folder, String url) {
        this.folder = folder;
        this.url = url;
    }

    /// The API server's address.
    public String url() {
        return url;
    }

    /// The bearer token of that user.
    public String token(String user) {
        if (!USERS.contains(user)) {
            throw new IllegalArgumentException("no user " + user + ", the users are " + USERS);
        }
        return Folders.secret(folder.resolve(user + ".token"));
    }

    /// The certificates (PEM) that the API server's own certificate is verified with. They exist
    /// once the API server has started for the first time.
    public Path certificateAuthority() {
        return folder.resolve("certs").resolve("apiserver.crt");
    }

    /// A kubeconfig file for that user with the one context `sandbox`.
    public Path kubeconfig(String user) {
        Path file = folder.resolve(user + ".kubeconfig");
        Folders.writePrivate(
                file,
                """
                apiVersion: v1
                kind: Config
                current-context: sandbox
                clusters:
                - name: sandbox
                  cluster:
                    server: %s
                    certificate-authority: %s
                users:
                - name: %s
                  user:
                    token: %s
                contexts:
                - name: sandbox
                  context:
                    cluster: sandbox
                    user: %s
                """
                        .formatted(url, certificateAuthority(), user, token(user), user));
        return file;
    }

    /// Requests to the API server as that user.
    public KubeUser as(String user) {
        return new KubeUser(url, certificateAuthority(), token(user));
    }

    Path signingKey() {
        return folder.resolve("service-account.key");
    }

    Path tokens() {
        return folder.resolve("tokens.csv");
    }

    /// Writes what the API server reads at its start: the token file and the signing key.
    void prepare() {
        StringBuilder lines = new StringBuilder();
        for (String user : USERS) {
            String group =
                    switch (user) {
                        case ADMIN -> "system:masters";
                        case DRIFTLEDGER -> READ_GROUP;
                        default -> LAB_GROUP;
                    };
            lines.append(String.join(",", token(user), user, user, group)).append('\n');
        }
        Folders.writePrivate(tokens(), lines.toString());
        if (!Files.exists(signingKey())) {
            Folders.writePrivate(signingKey(), newSigningKey());
        }
    }

    /// True when the API server answers `/readyz` with 200.
    boolean isReady() {
        return Files.exists(certificateAuthority()) && as(ADMIN).isReady();
    }

    /// Gives the two groups their rights. Safe to repeat.
    void bindUsers() {
        KubeUser admin = as(ADMIN);
        admin.apply(
                "/apis/rbac.authorization.k8s.io/v1/clusterroles/sandbox-reader",
                "sandbox",
                role());
        bind(admin, LAB_GROUP, "sandbox-lab", "cluster-admin");
        bind(admin, READ_GROUP, "sandbox-readers", "sandbox-reader");
    }

    private static void bind(KubeUser admin, String group, String name, String role) {
        ObjectNode binding = rbac("ClusterRoleBinding", name);
        ObjectNode subject = binding.putArray("subjects").addObject();
        subject.put("apiGroup", "rbac.authorization.k8s.io")
                .put("kind", "Group")
                .put("name", group);
        ObjectNode roleRef = binding.putObject("roleRef");
        roleRef.put("apiGroup", "rbac.authorization.k8s.io").put("kind", "ClusterRole");
        roleRef.put("name", role);
        String path = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/" + name;
        admin.apply(path, "sandbox", binding);
    }

    private static ObjectNode role() {
        ObjectNode role = rbac("ClusterRole", "sandbox-reader");
        ObjectNode resources = role.putArray("rules").addObject();
        resources.putArray("apiGroups").add("*");
        resources.putArray("resources").add("*");
        resources.putArray("verbs").add("get").add("list").add("watch");
        ObjectNode urls = role.withArray("rules").addObject();
        urls.putArray("nonResourceURLs").add("*");
        urls.putArray("verbs").add("get");
        return role;
    }

    private static ObjectNode rbac(String kind, String name) {
        ObjectNode object = JSON.objectNode();
        object.put("apiVersion", "rbac.authorization.k8s.io/v1").put("kind", kind);
        object.putObject("metadata").put("name", name);
        return object;
    }

    private static String newSigningKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
            return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has RSA", e);
        }
    }
}
