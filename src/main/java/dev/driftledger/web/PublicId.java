package dev.driftledger.web;

import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.ResourceKey;
import java.util.function.Function;
import java.util.regex.Pattern;

/// An id as the API spells it: the cluster's uid, a colon, and the id within the cluster.
///
/// @param cluster the cluster's uid
/// @param within the application or resource in it
record PublicId<T>(String cluster, T within) {
    private static final Pattern CLUSTER = Pattern.compile("[0-9A-Za-z-]{1,64}");

    /// No id from outside may be longer.
    static final int LENGTH_MAX = 1024;

    static String of(String cluster, String within) {
        return cluster + ":" + within;
    }

    /// Reads `<cluster uid>:reconciler:namespace:name`.
    ///
    /// @throws Refusal with 400 that shows the shape wanted
    static PublicId<ApplicationId> application(String id) {
        return parse("application id", id, ApplicationId::ofId);
    }

    /// Reads `<cluster uid>:group:kind:namespace:name`.
    ///
    /// @throws Refusal with 400 that shows the shape wanted
    static PublicId<ResourceKey> resource(String id) {
        return parse("resource id", id, ResourceKey::ofId);
    }

    /// Checks that the text can be a cluster's uid.
    ///
    /// @throws Refusal with 400 that shows the shape wanted
    static String cluster(String uid) {
        if (!CLUSTER.matcher(uid).matches()) {
            String shape = "1 to 64 of [0-9A-Za-z-]";
            throw Refusal.malformed("cluster", shape + "; GET /api/v1/clusters lists them")
                    .onPages("cluster must be " + shape + "; the page of logs has the uids");
        }
        return uid;
    }

    private static <T> PublicId<T> parse(String what, String id, Function<String, T> rest) {
        int colon = id.indexOf(':');
        if (colon < 1 || id.length() > LENGTH_MAX) {
            throw Refusal.malformed(what, "the cluster's uid, a colon and the id within it");
        }
        try {
            return new PublicId<>(
                    cluster(id.substring(0, colon)), rest.apply(id.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed(what, String.valueOf(e.getMessage()));
        }
    }
}
