package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.Rfc3339;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Joins Kubernetes audit events to changes by object, time and field manager, as
/// `objectRef.resourceVersion` is absent for a PATCH.
public final class AuditMatch {
    /// That of `ingresses`, with the kind's last letter.
    private static final int ENDING_MAX = 3;

    private static final Set<String> WRITES =
            Set.of("create", "update", "patch", "delete", "deletecollection");

    /// How far an event may lie from the change that it explains; clocks differ.
    private static final Duration NEAR = Duration.ofSeconds(5);

    private AuditMatch() {}

    /// The owner with the user whom the event names, when the event is a successful write of this
    /// object near that time by the same field manager; else the owner unchanged.
    ///
    /// @param event an `audit.k8s.io/v1` Event, level Metadata at least
    public static Owner withUser(Owner owner, JsonNode event, ResourceKey key, Instant changedAt) {
        String user = event.path("user").path("username").asText();
        Instant at = time(event);
        if (user.isEmpty() || at == null || !wrote(event, key)) {
            return owner;
        }
        boolean near = Duration.between(at, changedAt).abs().compareTo(NEAR) <= 0;
        String named = fieldManager(event);
        String known = owner.manager();
        boolean other = named != null && known != null && !known.equals(named);
        return near && !other ? owner.withUser(user) : owner;
    }

    /// Whether the event is a successful write of this object.
    public static boolean wrote(JsonNode event, ResourceKey key) {
        JsonNode ref = event.path("objectRef");
        String verb = event.path("verb").asText();
        boolean all = verb.equals("deletecollection") && ref.path("name").asText().isEmpty();
        return WRITES.contains(verb)
                && event.path("stage").asText("ResponseComplete").equals("ResponseComplete")
                && event.path("responseStatus").path("code").asInt(200) < 300
                && (all || ref.path("name").asText().equals(key.name()))
                && isPluralOf(ref.path("resource").asText(), key.kind())
                && ref.path("apiGroup").asText().equals(key.group())
                && ref.path("namespace").asText().equals(key.namespace());
    }

    /// `policies` of `Policy`, `ingresses` of `Ingress`, `pods` of `Pod`, and not `podtemplates`:
    /// all but the kind's last letter, and an ending.
    private static boolean isPluralOf(String resource, String kind) {
        int stem = kind.length() - 1;
        return stem >= 0
                && resource.startsWith(kind.substring(0, stem).toLowerCase(Locale.ROOT))
                && resource.length() <= stem + ENDING_MAX;
    }

    /// The field manager that the request named in its URI; null when it named none.
    public static @Nullable String fieldManager(JsonNode event) {
        String uri = event.path("requestURI").asText();
        for (String part : uri.substring(uri.indexOf('?') + 1).split("&", 32)) {
            if (part.startsWith("fieldManager=")) {
                return decoded(part.substring("fieldManager=".length()));
            }
        }
        return null;
    }

    /// Whether the request asked that nothing be changed. A deletion is never taken for that by its
    /// URI: the API server reads a deletion's options there only when it has no body.
    public static boolean isDryRun(JsonNode event) {
        String uri = event.path("requestURI").asText();
        int query = uri.indexOf('?');
        if (query < 0 || event.path("verb").asText().startsWith("delete")) {
            return false;
        }
        for (String part : uri.substring(query + 1).split("&", -1)) {
            int end = part.indexOf('=');
            if (decoded(end < 0 ? part : part.substring(0, end)).equals("dryRun")) {
                return true;
            }
        }
        return false;
    }

    /// When the server had answered; null when the event does not tell.
    public static @Nullable Instant time(JsonNode event) {
        String text = event.path("stageTimestamp").asText();
        if (text.isEmpty()) {
            text = event.path("requestReceivedTimestamp").asText();
        }
        try {
            return text.isEmpty() ? null : Rfc3339.parse(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static String decoded(String text) {
        byte[] out = new byte[text.length() * 4];
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int code = c == '%' && i + 2 < text.length() ? hex(text, i + 1) : -1;
            if (code >= 0) {
                out[size++] = (byte) code;
                i += 2;
            } else {
                byte[] plain = String.valueOf(c == '+' ? ' ' : c).getBytes(StandardCharsets.UTF_8);
                System.arraycopy(plain, 0, out, size, plain.length);
                size += plain.length;
            }
        }
        return new String(out, 0, size, StandardCharsets.UTF_8);
    }

    private static int hex(String text, int at) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
