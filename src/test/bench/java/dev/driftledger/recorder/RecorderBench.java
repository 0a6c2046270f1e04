package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;

/// CPU time of deciding about one changed value, by the number of resources of the application.
///
/// Argument: changes in a round (20,000).
public final class RecorderBench {
    private static final int ROUNDS_COUNT = 3;

    private RecorderBench() {}

    /// Prints microseconds per change for applications of 10 to 1,000 resources.
    public static void main(String[] args) {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
        for (int size : new int[] {10, 100, 1_000}) {
            for (int round = 0; round < ROUNDS_COUNT; round++) {
                System.out.printf(
                        "%5d resources: %6.1f us CPU per change%n", size, measure(size, count));
            }
        }
    }

    private static double measure(int size, int count) {
        Shop shop = Shop.empty();
        ObjectNode[] wanted = new ObjectNode[size];
        for (int i = 0; i < size; i++) {
            wanted[i] = Shop.configMap("cart-" + i, "1");
            shop.seen(shop.live(wanted[i], Shop.CI));
        }
        shop.rendered("a", wanted);
        ObjectNode[] changes = new ObjectNode[count];
        for (int n = 0; n < count; n++) {
            changes[n] = shop.live("cart-" + n % size, "v" + n, "kubectl-edit");
        }
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (ObjectNode change : changes) {
            shop.seen(change);
        }
        long after = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        return (after - before) / 1e3 / count;
    }
}
