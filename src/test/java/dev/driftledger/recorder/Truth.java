package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.recorder.RandomCluster.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What must be found about one object that was at rest, told from nothing but the versions that
/// the API server returned and from who asked for what.
final class Truth {
    private final SchemaNode schema;
    private final Member member;
    private final ObjectNode rest;
    private final Map<String, Change> changes = new HashMap<>();
    private SortedMap<String, @Nullable JsonNode> places = new TreeMap<>();

    /// The last change of a place.
    ///
    /// @param asked false where the API server added it to what was asked for
    private record Change(Writer writer, boolean asked) {}

    Truth(SchemaNode schema, Member member, ObjectNode rest) {
        this.schema = schema;
        this.member = member;
        this.rest = rest;
    }

    /// Takes the answer to a write; whether anything changed by it.
    ///
    /// @param asked the places that the request changes
    boolean written(
            ObjectNode before, ObjectNode after, Writer somebody, Collection<String> asked) {
        boolean tracked =
                !before.path("metadata").path("managedFields").isEmpty()
                        || somebody.operation().equals("Apply");
        Writer writer = tracked ? somebody : untraced(somebody);
        SortedMap<String, @Nullable JsonNode> now = FieldTruth.between(schema, rest, after);
        boolean changed =
                asked.stream()
                        .anyMatch(place -> !beneath(places, place).equals(beneath(now, place)));
        for (Map.Entry<String, @Nullable JsonNode> each : now.entrySet()) {
            String place = each.getKey();
            if (!places.containsKey(place) || !Objects.equals(places.get(place), each.getValue())) {
                boolean own =
                        asked.stream().anyMatch(a -> related(a, place))
                                || isReplaced(place, each.getValue(), writer);
                if (own || !places.containsKey(place)) {
                    changes.put(place, new Change(writer, own));
                }
            }
        }
        places = now;
        return changed;
    }

    /// Who applies an entry of a map that is one value, as a selector is, takes away the others.
    private boolean isReplaced(String place, @Nullable JsonNode now, Writer writer) {
        return now == null && writer.operation().equals("Apply") && isNamed(place);
    }

    /// Whether a change there would mix with one that was made already.
    boolean touches(Collection<String> asked) {
        return asked.stream().anyMatch(a -> places.keySet().stream().anyMatch(p -> related(a, p)));
    }

    /// What differs at a place, above it or below it.
    private static SortedMap<String, @Nullable JsonNode> beneath(
            SortedMap<String, @Nullable JsonNode> all, String place) {
        SortedMap<String, @Nullable JsonNode> some = new TreeMap<>(all);
        some.keySet().removeIf(each -> !related(each, place));
        return some;
    }

    private static boolean related(String one, String other) {
        return one.equals(other) || within(one, other) || within(other, one);
    }

    private static boolean within(String inner, String outer) {
        return inner.startsWith(outer)
                && inner.length() > outer.length()
                && ".[".indexOf(inner.charAt(outer.length())) >= 0;
    }

    Expected expected() {
        SortedMap<String, Writer> required = new TreeMap<>();
        Set<String> allowed = new TreeSet<>();
        for (Map.Entry<String, @Nullable JsonNode> each : places.entrySet()) {
            String about = member.about() + " " + each.getKey();
            Change change = Objects.requireNonNull(changes.get(each.getKey()), about);
            boolean removed = each.getValue() == null;
            if (!change.asked()) {
                if (change.writer().operation().equals("Apply")) {
                    allowed.add(about);
                }
            } else if (counts(each.getKey(), change.writer())) {
                boolean trace = !removed || change.writer().operation().equals("Apply");
                required.put(about, trace ? change.writer() : untraced(change.writer()));
            } else {
                allowed.add(about);
            }
        }
        return new Expected(required, allowed);
    }

    /// A removal by an update leaves no author in `managedFields`, and nothing does while an object
    /// has no entries at all: the API server tracks again from the next server-side apply on.
    static Writer untraced(Writer writer) {
        return new Writer(writer.manager(), "", "", writer.type());
    }

    /// Whether a change by such a writer must be a finding. What a controller, or the applier
    /// itself, puts where the manifest says nothing need not be one.
    private boolean counts(String place, Writer writer) {
        if (isNamed(place)) {
            return !(writer.type().equals("controller") && place.endsWith(".failurePolicy"));
        }
        if (place.contains("].") && places.keySet().stream().anyMatch(p -> explains(p, place))) {
            return false;
        }
        boolean applier =
                writer.manager().equals(member.applier())
                        || (member.application().equals("tools")
                                && writer.type().equals("reconciler"));
        boolean allocated = place.endsWith("odePort") || place.contains("finalizers");
        return !applier
                && !writer.type().equals("controller")
                && (writer.type().equals("human") || !allocated);
    }

    private boolean isNamed(String place) {
        String key = place.replaceFirst("^data\\.?\\[?", "").replaceFirst("]$", "");
        boolean secret =
                place.startsWith("data")
                        && (member.manifest().path("stringData").has(key)
                                || member.manifest().path("data").has(key));
        return secret || FieldTruth.names(schema, member.manifest(), place);
    }

    /// In an item that became another one, a field that git leaves out may follow from one that it
    /// names: the API group of a subject from its kind.
    private boolean explains(String named, String place) {
        String item = place.substring(0, place.lastIndexOf("].") + 2);
        return isFieldOf(item, place)
                && !named.equals(place)
                && isFieldOf(item, named)
                && isNamed(named);
    }

    private static boolean isFieldOf(String item, String place) {
        return place.startsWith(item) && place.substring(item.length()).matches("[^.\\[]+");
    }

    /// The findings that must be open, by what they are about, and those that may be.
    record Expected(SortedMap<String, Writer> required, Set<String> allowed) {
        static final Expected NOTHING = new Expected(new TreeMap<>(), Set.of());

        /// What is missed, what is invented, and who is wrongly named.
        List<String> problems(Map<String, ClusterFeed.Finding> open, Tally tally) {
            List<String> problems = new ArrayList<>();
            required.forEach((about, writer) -> {
                ClusterFeed.Finding finding = open.get(about);
                if (finding != null) {
                    String wrong = wrong(finding, writer, tally);
                    if (wrong != null) {
                        problems.add(wrong);
                    }
                } else if (!rekeyed(about, open)) {
                    problems.add("MISSED " + about + " by " + writer);
                }
            });
            allowed.forEach(_ -> tally.open());
            open.forEach((about, finding) -> {
                if (!required.containsKey(about) && !allowed.contains(about)) {
                    problems.add("INVENTED " + about + " " + finding);
                }
            });
            return problems;
        }

        private static @Nullable String wrong(
                ClusterFeed.Finding finding, Writer writer, Tally tally) {
            boolean untraced = writer.operation().isEmpty() && finding.manager().isEmpty();
            boolean same =
                    writer.operation().isEmpty()
                            ? finding.manager().equals(writer.manager())
                            : finding.writer().equals(writer.id());
            boolean type = finding.owner().path("type").asText().equals(writer.type());
            if (untraced || (same && type)) {
                tally.found(!untraced || writer.equals(Writer.NOBODY));
                return null;
            }
            return "WRONG ACTOR " + finding + " should be " + writer;
        }

        /// An item whose key changed is one change, told at its new key.
        private boolean rekeyed(String about, Map<String, ClusterFeed.Finding> open) {
            int list = about.lastIndexOf('[');
            return about.endsWith("]")
                    && open.values().stream()
                            .anyMatch(finding ->
                                    finding.kind().equals("changed")
                                            && finding.live().isObject()
                                            && finding.about()
                                                    .startsWith(about.substring(0, list + 1))
                                            && (required.containsKey(finding.about())
                                                    || allowed.contains(finding.about())));
        }
    }
}
