package dev.driftledger.desired;

import java.net.InetAddress;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;

/// Where a repository is: a URL or local path that may be fetched from.
///
/// @param text as configured, maybe with credentials: never show it
/// @param shown without credentials, for messages
/// @param scheme `https`, `http`, `ssh`, `git` or `file`
/// @param host empty for `file`
record RepositoryLocation(String text, String shown, String scheme, String host) {

    private static final Pattern HELPER = Pattern.compile("[0-9A-Za-z+.-]*::");

    /// Checks what is configured; does not resolve the host.
    ///
    /// @param schemes those allowed
    /// @throws SourceException naming the repository and the reason it is refused
    static RepositoryLocation parse(String text, List<String> schemes) throws SourceException {
        if (text.isBlank()
                || text.startsWith("-")
                || HELPER.matcher(text).lookingAt()
                || hasControl(text)) {
            throw new SourceException(
                    "repository must be a URL or path that does not begin with '-' nor name a"
                            + " remote helper (x::) nor hold control characters",
                    null);
        }
        URIish uri;
        try {
            uri = new URIish(text);
        } catch (URISyntaxException e) {
            throw new SourceException("repository is neither a URL nor a path", null);
        }
        String scheme = scheme(uri);
        String shown = uri.setUser(null).setPass(null).toString();
        if (!schemes.contains(scheme)) {
            throw new SourceException(
                    "repository "
                            + shown
                            + ": scheme '"
                            + scheme
                            + "' is not one of "
                            + schemes
                            + " (driftledger.desired.schemes)",
                    null);
        }
        String host = uri.getHost() == null ? "" : uri.getHost();
        if (host.startsWith("-") || (host.isEmpty() && !scheme.equals("file"))) {
            throw new SourceException("repository " + shown + " has no valid host", null);
        }
        return new RepositoryLocation(text, shown, scheme, host);
    }

    /// What a library says, with the address as it may be shown. A library may leave a token in it
    /// that stands where a user's name does; the user of SSH is no secret.
    String withoutCredentials(String message) {
        String clean = message.replace(text, shown);
        try {
            URIish uri = new URIish(text);
            String user = scheme.equals("ssh") ? null : uri.getUser();
            for (String secret : new String[] {uri.getPass(), user}) {
                if (secret != null && !secret.isEmpty()) {
                    clean = clean.replace(secret, "***");
                }
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("parsed before", e);
        }
        return clean;
    }

    /// Refuses hosts at which clouds answer with credentials: link-local addresses, however spelt.
    void requireHostAllowed() throws SourceException {
        if (host.isEmpty()) {
            return;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (address.isLinkLocalAddress()
                        || address.isAnyLocalAddress()
                        || address.isMulticastAddress()
                        || address.getHostAddress().startsWith("fd00:ec2:")) {
                    throw new SourceException(
                            "repository " + shown + " is at a link-local address, which is refused",
                            null);
                }
            }
        } catch (UnknownHostException e) {
            throw new SourceException("repository " + shown + ": host is unknown", e);
        }
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(c -> c < 0x20 || c == 0x7f);
    }

    private static String scheme(URIish uri) {
        if (uri.getScheme() != null) {
            return uri.getScheme().toLowerCase(Locale.ROOT);
        }
        return uri.getHost() == null ? "file" : "ssh";
    }
}
