package dev.driftledger.drift.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/// PersistentVolume, PersistentVolumeClaim, StorageClass, CSIDriver (core/v1, storage/v1).
final class StorageDefaults {
    private StorageDefaults() {}

    static void fill(DefaultTable table) {
        table.row("core.v1.PersistentVolumeSpec", "persistentVolumeReclaimPolicy", "Retain")
                .row("core.v1.PersistentVolumeSpec", "volumeMode", "Filesystem")
                .row("core.v1.PersistentVolumeClaim", "apiVersion", "v1")
                .row("core.v1.PersistentVolumeClaim", "kind", "PersistentVolumeClaim")
                .row("core.v1.PersistentVolumeClaim", "status", _ -> pending())
                .row("storage.v1.StorageClass", "reclaimPolicy", "Delete")
                .row("storage.v1.StorageClass", "volumeBindingMode", "Immediate")
                .row("storage.v1.CSIDriverSpec", "attachRequired", true)
                .row("storage.v1.CSIDriverSpec", "podInfoOnMount", false)
                .row("storage.v1.CSIDriverSpec", "storageCapacity", false)
                .row("storage.v1.CSIDriverSpec", "requiresRepublish", false)
                .row("storage.v1.CSIDriverSpec", "seLinuxMount", false)
                .row("storage.v1.CSIDriverSpec", "fsGroupPolicy", "ReadWriteOnceWithFSType")
                .row("storage.v1.CSIDriverSpec", "volumeLifecycleModes", _ -> persistent());
    }

    private static JsonNode persistent() {
        return JsonNodeFactory.instance.arrayNode().add("Persistent");
    }

    /// Templates of claims come back with the status of a fresh claim.
    private static JsonNode pending() {
        return DefaultTable.struct().put("phase", "Pending");
    }
}
