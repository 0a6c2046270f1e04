package dev.driftledger.drift;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Names who wrote a field, best evidence first: the change between two consecutive observations,
/// then the final state. An audit event is joined by [AuditMatch].
public final class Attribution {
    private final @Nullable ObjectNode previous;
    private final ObjectNode live;
    private @Nullable FieldOwners before;
    private @Nullable FieldOwners now;
    private @Nullable Owned active;

    private Attribution(@Nullable ObjectNode previous, ObjectNode live) {
        this.previous = previous;
        this.live = live;
    }

    /// An entry that was looked for.
    ///
    /// @param entry null when there is none
    private record Owned(FieldOwners.@Nullable Entry entry) {}

    /// A change, whose owners are decoded once for all that is asked of it, and only then.
    ///
    /// @param previous the observation just before; null when there was none
    public static Attribution between(@Nullable ObjectNode previous, ObjectNode live) {
        return new Attribution(previous, live);
    }

    /// The writer of a path's value.
    ///
    /// @param path as in [Difference#path()]; this is the first observation in which it has its
    ///     value
    public Owner writer(String path, ManagerTable managers) {
        if (previous != null) {
            FieldOwners.Entry writer = writer(before(), now(), path);
            if (writer == null && !isOwned(now(), path)) {
                writer = onlyActive();
            }
            if (writer != null) {
                return writer.owner(managers, Owner.Evidence.CHANGE);
            }
        }
        FieldOwners.Entry last = now().ownerOf(path);
        return last == null ? Owner.UNKNOWN : last.owner(managers, Owner.Evidence.FINAL_STATE);
    }

    /// Who took away what stood at a path. Only the change tells: in the final state nobody owns
    /// what is not there, and whoever lost all that it owned in a map looks like the owner of it.
    ///
    /// @param path something stood there before, and nothing does now
    public Owner remover(String path, ManagerTable managers) {
        FieldOwners.Entry holder = writer(before(), now(), path);
        FieldOwners.Entry writer = holder == null ? onlyActive() : holder;
        return writer == null ? Owner.UNKNOWN : writer.owner(managers, Owner.Evidence.CHANGE);
    }

    private FieldOwners before() {
        FieldOwners known = before;
        if (known == null) {
            known = FieldOwners.of(previous == null ? MissingNode.getInstance() : previous);
            before = known;
        }
        return known;
    }

    private FieldOwners now() {
        FieldOwners known = now;
        if (known == null) {
            known = FieldOwners.of(live);
            now = known;
        }
        return known;
    }

    private FieldOwners.@Nullable Entry onlyActive() {
        Owned known = active;
        if (known == null) {
            known = new Owned(onlyActive(before(), now()));
            active = known;
        }
        return known.entry();
    }

    /// The entry that came to own the path, or owned it and wrote again; one that names the path
    /// before one that owns something around it or below.
    private static FieldOwners.@Nullable Entry writer(
            FieldOwners before, FieldOwners now, String path) {
        FieldOwners.Entry named = null;
        FieldOwners.Entry found = null;
        for (FieldOwners.Entry each : now.entries()) {
            if (each.owns(path) && active(before, each, path)) {
                found = FieldOwners.newer(found, each);
                named = each.names(path) ? FieldOwners.newer(named, each) : named;
            }
        }
        return named == null ? found : named;
    }

    /// Whether an entry owns the path itself or something below it, not just a node around it.
    private static boolean isOwned(FieldOwners owners, String path) {
        return owners.entries().stream().anyMatch(e -> e.names(path) || e.ownsBelow(path));
    }

    /// The one entry that wrote between both observations, when nobody owns the path any more. One
    /// that only lost paths did not write: others took them, and a removal by an update is noted
    /// nowhere. One of a subresource removes nothing: `scale` sets a number, and statuses are
    /// written all the time.
    private static FieldOwners.@Nullable Entry onlyActive(FieldOwners before, FieldOwners now) {
        FieldOwners.Entry found = null;
        for (FieldOwners.Entry each : now.entries()) {
            if (each.subresource() == null && active(before, each, null)) {
                if (found != null) {
                    return null;
                }
                found = each;
            }
        }
        return found;
    }

    private static boolean active(
            FieldOwners before, FieldOwners.Entry entry, @Nullable String path) {
        for (FieldOwners.Entry former : before.entries()) {
            if (former.sameWriter(entry)) {
                return later(former.time(), entry.time())
                        || (path == null ? entry.gained(former) : entry.cameToOwn(path, former));
            }
        }
        return true;
    }

    private static boolean later(@Nullable Instant former, @Nullable Instant now) {
        return now != null && (former == null || now.isAfter(former));
    }
}
