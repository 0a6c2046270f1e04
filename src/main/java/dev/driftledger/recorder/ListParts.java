package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord.DesiredPart;
import dev.driftledger.model.IntakeRecord.DesiredRendered;
import dev.driftledger.model.IntakeRecord.DesiredResource;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.ResourceList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps the parts of lists that are too long for one record until the record comes that names
/// them all. A part is known by its digest: twice is once, and what nobody names means nothing.
final class ListParts {
    private ListParts() {}

    static String rowKey(ApplicationId application, Digest list) {
        return application.id() + "\n" + list.hex();
    }

    /// @throws IllegalArgumentException when the resources have another digest
    static void arrived(Draft draft, DesiredPart part) {
        byte[] bytes = ObjectBytes.of(ResourceList.json(part.resources()));
        if (!Digest.of(bytes).equals(part.list())) {
            throw new IllegalArgumentException(
                    "part of a list has digest " + Digest.of(bytes) + ", want " + part.list());
        }
        draft.keep("application/json", bytes);
        draft.put(
                Part.LIST_PART,
                rowKey(part.application(), part.list()),
                new Row.ListPart(part.application(), part.list()));
    }

    /// Which of the parts that the record names did not come, counted from 1.
    static List<Integer> lacking(Draft draft, DesiredRendered news) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < news.parts().size(); i++) {
            if (part(draft, news.application(), news.parts().get(i)) == null) {
                numbers.add(i + 1);
            }
        }
        return numbers;
    }

    /// The record with its whole list in it.
    ///
    /// @throws IllegalArgumentException when a part is not there or the parts are not in order
    static DesiredRendered joined(Draft draft, DesiredRendered news) {
        if (news.parts().isEmpty()) {
            return news;
        }
        List<DesiredResource> whole = new ArrayList<>();
        for (Digest digest : news.parts()) {
            JsonNode part = part(draft, news.application(), digest);
            if (part == null) {
                throw new IllegalArgumentException("part " + digest + " of a list is not there");
            }
            whole.addAll(ResourceList.read(part));
        }
        for (int i = 1; i < whole.size(); i++) {
            if (whole.get(i - 1).key().compareTo(whole.get(i).key()) >= 0) {
                throw new IllegalArgumentException("parts of a list are not in order");
            }
        }
        return news.whole(whole);
    }

    private static @Nullable JsonNode part(Draft draft, ApplicationId application, Digest list) {
        String key = rowKey(application, list);
        return draft.state().listParts(application).contains(key) ? draft.json(list) : null;
    }

    /// Forgets parts that the record does not name; the others may be named once more.
    static void forget(Draft draft, DesiredRendered news) {
        Set<String> named = new HashSet<>();
        for (Digest part : news.parts()) {
            named.add(rowKey(news.application(), part));
        }
        for (String key : draft.state().listParts(news.application())) {
            if (!named.contains(key)) {
                draft.remove(Part.LIST_PART, key);
            }
        }
    }
}
