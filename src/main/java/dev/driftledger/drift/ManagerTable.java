package dev.driftledger.drift;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which field managers are humans, controllers, reconcilers and admission.
///
/// A manager's name is what its client chose to call itself. It says which tool wrote, not that
/// the tool was really that one; an audit event's user is the better witness.
public final class ManagerTable {
    /// Exact names, or prefixes ending in `*`; the longest row that fits decides.
    private static final Map<String, Owner.Type> KNOWN =
            Map.ofEntries(
                    Map.entry("kubectl*", Owner.Type.HUMAN),
                    Map.entry("k9s*", Owner.Type.HUMAN),
                    Map.entry("Lens*", Owner.Type.HUMAN),
                    Map.entry("lens*", Owner.Type.HUMAN),
                    Map.entry("freelens*", Owner.Type.HUMAN),
                    Map.entry("Headlamp*", Owner.Type.HUMAN),
                    Map.entry("headlamp*", Owner.Type.HUMAN),
                    Map.entry("dashboard*", Owner.Type.HUMAN),
                    Map.entry("Mozilla*", Owner.Type.HUMAN),
                    Map.entry("rancher", Owner.Type.HUMAN),
                    Map.entry("oc*", Owner.Type.HUMAN),
                    Map.entry("curl*", Owner.Type.HUMAN),
                    Map.entry("OpenAPI-Generator", Owner.Type.HUMAN),
                    Map.entry("kube-controller-manager", Owner.Type.CONTROLLER),
                    Map.entry("kube-scheduler", Owner.Type.CONTROLLER),
                    Map.entry("kube-apiserver", Owner.Type.CONTROLLER),
                    Map.entry("kubelet", Owner.Type.CONTROLLER),
                    Map.entry("kube-proxy", Owner.Type.CONTROLLER),
                    Map.entry("cloud-controller-manager", Owner.Type.CONTROLLER),
                    Map.entry("*cloud-controller-manager", Owner.Type.CONTROLLER),
                    Map.entry("aws-load-balancer-controller", Owner.Type.CONTROLLER),
                    Map.entry("cert-manager*", Owner.Type.CONTROLLER),
                    Map.entry("cainjector*", Owner.Type.CONTROLLER),
                    Map.entry("external-dns*", Owner.Type.CONTROLLER),
                    Map.entry("keda*", Owner.Type.CONTROLLER),
                    Map.entry("vpa*", Owner.Type.CONTROLLER),
                    Map.entry("cluster-autoscaler", Owner.Type.CONTROLLER),
                    Map.entry("karpenter*", Owner.Type.CONTROLLER),
                    Map.entry("pilot-discovery", Owner.Type.CONTROLLER),
                    Map.entry("istiod*", Owner.Type.CONTROLLER),
                    Map.entry("*-controller", Owner.Type.CONTROLLER),
                    Map.entry("*-operator", Owner.Type.CONTROLLER),
                    Map.entry("*-controller-manager", Owner.Type.CONTROLLER),
                    Map.entry("argocd*", Owner.Type.RECONCILER),
                    Map.entry("kustomize-controller", Owner.Type.RECONCILER),
                    Map.entry("helm-controller", Owner.Type.RECONCILER),
                    Map.entry("source-controller", Owner.Type.RECONCILER),
                    Map.entry("flux*", Owner.Type.RECONCILER),
                    Map.entry("gotk-*", Owner.Type.RECONCILER),
                    Map.entry("helm", Owner.Type.RECONCILER),
                    Map.entry("Helm", Owner.Type.RECONCILER),
                    Map.entry("tiller", Owner.Type.RECONCILER),
                    Map.entry("fleet-agent", Owner.Type.RECONCILER),
                    Map.entry("kyverno*", Owner.Type.ADMISSION),
                    Map.entry("gatekeeper*", Owner.Type.ADMISSION),
                    Map.entry("istio-sidecar-injector*", Owner.Type.ADMISSION),
                    Map.entry("vault-agent-injector*", Owner.Type.ADMISSION));

    private static final ManagerTable BUILT_IN = new ManagerTable(new TreeMap<>());

    private final Map<String, Owner.Type> rows;

    private ManagerTable(Map<String, Owner.Type> rows) {
        this.rows = rows;
    }

    /// The managers that are known everywhere.
    public static ManagerTable builtIn() {
        return BUILT_IN;
    }

    /// The same table with a user's rows before the built-in ones.
    ///
    /// @param added manager, exact or a prefix ending in `*`, to `human`, `controller`,
    ///     `reconciler` or `admission`
    /// @throws IllegalArgumentException naming the row whose class is none of these
    public ManagerTable with(SortedMap<String, String> added) {
        TreeMap<String, Owner.Type> all = new TreeMap<>(rows);
        added.forEach((name, type) -> all.put(name, type(name, type)));
        return new ManagerTable(all);
    }

    /// What sort of actor writes under this name; [Owner.Type#UNKNOWN] when no row fits.
    public Owner.Type typeOf(String manager) {
        String own = find(rows, manager);
        if (own != null) {
            return rows.getOrDefault(own, Owner.Type.UNKNOWN);
        }
        String known = find(KNOWN, manager);
        return known == null ? Owner.Type.UNKNOWN : KNOWN.getOrDefault(known, Owner.Type.UNKNOWN);
    }

    /// The row that decides about a manager, such as `kubectl*`; null when none fits.
    @Nullable String rowOf(String manager) {
        String own = find(rows, manager);
        return own == null ? find(KNOWN, manager) : own;
    }

    private static @Nullable String find(Map<String, Owner.Type> table, String manager) {
        if (table.containsKey(manager)) {
            return manager;
        }
        for (int end = manager.length(); end > 0; end--) {
            String prefix = manager.substring(0, end) + "*";
            if (table.containsKey(prefix)) {
                return prefix;
            }
        }
        for (int start = 0; start < manager.length(); start++) {
            String suffix = "*" + manager.substring(start);
            if (table.containsKey(suffix)) {
                return suffix;
            }
        }
        return null;
    }

    private static Owner.Type type(String name, String type) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "human" -> Owner.Type.HUMAN;
            case "controller" -> Owner.Type.CONTROLLER;
            case "reconciler" -> Owner.Type.RECONCILER;
            case "admission" -> Owner.Type.ADMISSION;
            default ->
                    throw new IllegalArgumentException(
                            "manager '"
                                    + name
                                    + "' must be human, controller, reconciler or admission, got '"
                                    + type
                                    + "'");
        };
    }
}
