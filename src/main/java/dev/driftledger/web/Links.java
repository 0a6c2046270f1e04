package dev.driftledger.web;

import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.ResourceKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The addresses of pages. They are permanent, and all of them keep the moment that is shown.
///
/// @param at the moment shown; null for now
record Links(@Nullable Stamp at) {

    /// A page without parameters of its own, such as `/findings`.
    public String page(String path) {
        return at == null ? path : path + "?at=" + segment(at.rfc3339());
    }

    /// A page with its parameters, to which the moment is added.
    ///
    /// @param query such as `state=open`, already encoded
    public String page(String path, String query) {
        return at == null
                ? path + "?" + query
                : path + "?" + query + "&at=" + segment(at.rfc3339());
    }

    /// One application, by its public id.
    public String application(String id) {
        PublicId<ApplicationId> parsed = PublicId.application(id);
        ApplicationId application = parsed.within();
        String path =
                "/app/"
                        + parsed.cluster()
                        + "/"
                        + orDash(application.namespace())
                        + "/"
                        + segment(application.name());
        return application.reconciler().equals("none")
                ? page(path)
                : page(path, "reconciler=" + segment(application.reconciler()));
    }

    /// One resource's history, by its public id.
    public String resource(String id) {
        PublicId<ResourceKey> parsed = PublicId.resource(id);
        return resource(parsed.cluster(), parsed.within());
    }

    /// One resource's history.
    public String resource(String cluster, ResourceKey key) {
        return page("/resource/" + address(cluster, key));
    }

    /// Why one resource's verdict is what it is.
    public String why(String cluster, ResourceKey key) {
        return page("/why/" + address(cluster, key));
    }

    private static String address(String cluster, ResourceKey key) {
        return cluster
                + "/"
                + (key.group().isEmpty() ? "core" : segment(key.group()))
                + "/"
                + segment(key.kind())
                + "/"
                + orDash(key.namespace())
                + "/"
                + segment(key.name());
    }

    /// One finding.
    public String finding(String id) {
        return page("/findings/" + segment(id));
    }

    /// One entry with its proof.
    public String entry(String cluster, long index) {
        return page("/entry/" + cluster + "/" + index);
    }

    /// A log's checkpoints.
    public String checkpoints(String cluster) {
        return page("/checkpoints/" + cluster);
    }

    /// A log's files.
    public String log(String cluster) {
        return "/log/" + cluster + "/";
    }

    /// Where content lies among the log's files.
    public String blob(String cluster, String hex) {
        return "/log/" + cluster + "/blobs/sha256/" + hex.substring(0, 2) + "/" + hex;
    }

    private static String orDash(String namespace) {
        return namespace.isEmpty() ? "-" : segment(namespace);
    }

    /// Any text as one path segment or query value.
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
