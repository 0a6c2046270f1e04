package dev.driftledger.drift.rules;

import dev.driftledger.drift.rules.jq.JqPath;
import java.util.List;
import java.util.Set;

/// What a rule does with the objects it is about.
public sealed interface Effect {
    /// Takes one node out of both sides before they are compared (JSON Patch `remove`).
    record RemovePointer(PatchPointer pointer) implements Effect {}

    /// Takes all nodes that a jq path expression selects out of each side, as `del(<expression>)`.
    record RemovePaths(JqPath expression) implements Effect {}

    /// Fields that both sides have, that differ, and that one of these field managers owns in the
    /// live object, do not count.
    record TrustManagers(Set<String> managers) implements Effect {
        public TrustManagers {
            managers = Set.copyOf(managers);
        }
    }

    /// Differences at or below one of the paths, of one of the kinds and by one of the owners, do
    /// not count.
    ///
    /// @param paths of the fields that do not count
    /// @param kinds names of kinds of difference such as `changed`; empty for any
    /// @param owners classes of owners such as `controller`; empty for any
    /// @param managers names of field managers; empty for any
    record HideFields(
            List<FieldPattern> paths, Set<String> kinds, Set<String> owners, Set<String> managers)
            implements Effect {
        public HideFields {
            paths = List.copyOf(paths);
            kinds = Set.copyOf(kinds);
            owners = Set.copyOf(owners);
            managers = Set.copyOf(managers);
        }

        /// Whether it hides every difference there, whoever made it.
        public boolean isComplete() {
            return new HideObject(kinds, owners, managers).isComplete();
        }
    }

    /// Nothing of the object counts, nor that it is on one side only.
    ///
    /// @param kinds as for fields, and names of [Whole] such as `missing`; empty for any
    /// @param owners classes of owners; empty for any
    /// @param managers names of field managers; empty for any
    record HideObject(Set<String> kinds, Set<String> owners, Set<String> managers)
            implements Effect {
        public HideObject {
            kinds = Set.copyOf(kinds);
            owners = Set.copyOf(owners);
            managers = Set.copyOf(managers);
        }

        /// Whether it hides every difference between two sides, whoever made it.
        public boolean isComplete() {
            return owners.isEmpty()
                    && managers.isEmpty()
                    && (kinds.isEmpty() || kinds.containsAll(Whole.FIELDS));
        }

        /// Whoever it was.
        static HideObject of(Set<String> kinds) {
            return new HideObject(kinds, Set.of(), Set.of());
        }
    }
}
