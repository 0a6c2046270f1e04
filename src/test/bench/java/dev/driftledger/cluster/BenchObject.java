package dev.driftledger.cluster;

/// One Deployment of a wanted size, as an API server spells it.
final class BenchObject {
    private BenchObject() {}

    /// @param round counts its changes
    /// @param statusOnly whether a change leaves everything but status alone
    static String json(int index, int round, int sizeBytes, boolean statusOnly) {
        int spec = statusOnly ? 0 : round;
        String status =
                "\"status\":{\"observedGeneration\":"
                        + round
                        + ",\"replicas\":3,\"conditions\":[{\"type\":\"Available\",\"status\":"
                        + "\"True\",\"lastUpdateTime\":\"2026-11-22T14:47:19Z\"}]}}";
        StringBuilder json = new StringBuilder(sizeBytes + 64);
        json.append("{\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\",")
                .append("\"metadata\":{\"name\":\"d")
                .append(index)
                .append("\",\"namespace\":\"ns")
                .append(index % 100)
                .append("\",\"uid\":\"00000000-0000-4000-8000-")
                .append(String.format("%012d", index))
                .append("\",\"resourceVersion\":\"")
                .append(1 + index + (long) round * 10_000_000)
                .append("\",\"generation\":")
                .append(spec + 1)
                .append(",\"creationTimestamp\":\"2026-11-22T14:46:56Z\",\"labels\":{\"app\":\"d")
                .append(index)
                .append("\"},\"managedFields\":[");
        entry(json, "ci", "Apply", spec, "");
        json.append(',');
        entry(json, "kube-controller-manager", "Update", round, ",\"subresource\":\"status\"");
        json.append("]},\"spec\":{\"replicas\":").append(spec + 3);
        json.append(",\"template\":{\"spec\":{\"containers\":[{\"name\":\"app\",\"image\":\"a/b:")
                .append(spec)
                .append("\",\"env\":[");
        for (int i = 0; json.length() + status.length() + 60 < sizeBytes; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"SETTING_")
                    .append(i)
                    .append("\",\"value\":\"some value of ")
                    .append(i)
                    .append("\"}");
        }
        return json.append("]}]}}},").append(status).toString();
    }

    private static void entry(
            StringBuilder json, String manager, String operation, int round, String more) {
        json.append("{\"manager\":\"")
                .append(manager)
                .append("\",\"operation\":\"")
                .append(operation)
                .append("\",\"apiVersion\":\"apps/v1\",\"time\":\"2026-11-22T14:")
                .append(10 + round % 50)
                .append(":19Z\",\"fieldsType\":\"FieldsV1\",\"fieldsV1\":{\"f:spec\":{")
                .append("\"f:replicas\":{},\"f:selector\":{},\"f:template\":{\"f:metadata\":{")
                .append("\"f:labels\":{\"f:app\":{}}},\"f:spec\":{\"f:containers\":{")
                .append("\"k:{\\\"name\\\":\\\"app\\\"}\":{\".\":{},\"f:image\":{},\"f:name\":{},")
                .append("\"f:env\":{}}}}}}}")
                .append(more)
                .append('}');
    }
}
