package dev.driftledger.desired;

import dev.driftledger.model.IntakeRecord.DesiredResource;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.ResourceList;
import java.util.ArrayList;
import java.util.List;

/// Cuts a list of resources so that each part fits into an intake record whatever the limit of
/// these. The same list is always cut in the same places.
final class ListParts {
    /// Half of the smallest limit of a record, which has some more words around the same content.
    static final int BYTES_MAX = 512 * 1024;

    private ListParts() {}

    /// The parts in order, none empty; one part when the list fits.
    static List<List<DesiredResource>> of(List<DesiredResource> resources, int bytesMax) {
        List<List<DesiredResource>> parts = new ArrayList<>();
        int start = 0;
        long bytes = 0;
        for (int i = 0; i < resources.size(); i++) {
            int size = ObjectBytes.of(ResourceList.json(resources.subList(i, i + 1))).length;
            if (i > start && bytes + size > bytesMax) {
                parts.add(List.copyOf(resources.subList(start, i)));
                start = i;
                bytes = 0;
            }
            bytes += size;
        }
        if (start < resources.size() || parts.isEmpty()) {
            parts.add(List.copyOf(resources.subList(start, resources.size())));
        }
        return parts;
    }
}
