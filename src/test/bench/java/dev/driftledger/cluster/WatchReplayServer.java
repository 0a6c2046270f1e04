package dev.driftledger.cluster;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A process of its own that speaks just enough of the watch protocol to feed a peer and us the
/// same bytes: Deployments, a list, then rounds of changes.
///
/// Arguments: count of objects, bytes of each, rounds of changes, `spec` or `status`. Prints its
/// port. The first line of standard input starts the rounds; its end ends the process.
public final class WatchReplayServer {
    private static final String PATH = "/apis/apps/v1/deployments";

    private final int count;
    private final int sizeBytes;
    private final int rounds;
    private final boolean statusOnly;
    private final Object gate = new Object();
    private boolean open;

    private WatchReplayServer(int count, int sizeBytes, int rounds, boolean statusOnly) {
        this.count = count;
        this.sizeBytes = sizeBytes;
        this.rounds = rounds;
        this.statusOnly = statusOnly;
    }

    public static void main(String[] args) throws IOException {
        WatchReplayServer server =
                new WatchReplayServer(
                        Integer.parseInt(args[0]),
                        Integer.parseInt(args[1]),
                        Integer.parseInt(args[2]),
                        args[3].equals("status"));
        ServerSocket socket = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        System.out.println(socket.getLocalPort());
        System.out.flush();
        Thread.ofPlatform().daemon().start(() -> server.accept(socket));
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            synchronized (server.gate) {
                server.open = true;
                server.gate.notifyAll();
            }
        }
    }

    private void accept(ServerSocket socket) {
        while (true) {
            try {
                Socket client = socket.accept();
                Thread.ofPlatform().daemon().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(
                                    client.getInputStream(), StandardCharsets.US_ASCII));
            OutputStream out = new BufferedOutputStream(client.getOutputStream(), 64 * 1024);
            String request;
            while ((request = in.readLine()) != null) {
                boolean upgrade = false;
                String header = in.readLine();
                while (header != null && !header.isEmpty()) {
                    upgrade |= header.toLowerCase(Locale.ROOT).startsWith("upgrade:");
                    header = in.readLine();
                }
                if (upgrade) {
                    document(out, "{}"); // the peer goes on with plain HTTP then
                } else {
                    answer(request.split(" ", -1)[1], out);
                }
            }
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(String target, OutputStream out) throws IOException, InterruptedException {
        if (target.startsWith("/api/v1/namespaces/kube-system")) {
            document(out, "{\"metadata\":{\"uid\":\"bench\"}}");
        } else if (target.startsWith("/version")) {
            document(out, "{\"gitVersion\":\"v0\"}");
        } else if (target.equals("/api")) {
            document(out, "{\"kind\":\"APIGroupDiscoveryList\",\"items\":[]}");
        } else if (target.equals("/apis")) {
            document(out, DISCOVERY);
        } else if (target.startsWith("/openapi")) {
            document(out, "{\"paths\":{}}");
        } else if (target.startsWith(PATH) && target.contains("watch=")) {
            watch(target, out);
        } else if (target.startsWith(PATH)) {
            list(out);
        } else {
            document(out, "{}");
        }
    }

    private static final String DISCOVERY =
            """
            {"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":"apps"},"versions":[
            {"version":"v1","freshness":"Current","resources":[{"resource":"deployments",
            "responseKind":{"kind":"Deployment"},"scope":"Namespaced",
            "verbs":["list","watch"]}]}]}]}""";

    private static void document(OutputStream out, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        out.write(
                ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                                + bytes.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.flush();
    }

    private static void head(OutputStream out) throws IOException {
        out.write(
                """
                HTTP/1.1 200 OK\r
                Content-Type: application/json\r
                Transfer-Encoding: chunked\r
                \r
                """
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private static void chunk(OutputStream out, byte[] bytes) throws IOException {
        out.write(Integer.toHexString(bytes.length).getBytes(StandardCharsets.US_ASCII));
        out.write('\r');
        out.write('\n');
        out.write(bytes);
        out.write('\r');
        out.write('\n');
    }

    private void list(OutputStream out) throws IOException {
        head(out);
        chunk(
                out,
                ("{\"kind\":\"DeploymentList\",\"apiVersion\":\"apps/v1\","
                                + "\"metadata\":{\"resourceVersion\":\""
                                + count
                                + "\"},\"items\":[")
                        .getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < count; i++) {
            String item = (i == 0 ? "" : ",") + BenchObject.json(i, 0, sizeBytes, statusOnly);
            chunk(out, item.getBytes(StandardCharsets.UTF_8));
        }
        chunk(out, "]}".getBytes(StandardCharsets.US_ASCII));
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private void watch(String target, OutputStream out) throws IOException, InterruptedException {
        head(out);
        if (target.contains("sendInitialEvents=true")) {
            for (int i = 0; i < count; i++) {
                event(out, "ADDED", BenchObject.json(i, 0, sizeBytes, statusOnly));
            }
            event(
                    out,
                    "BOOKMARK",
                    "{\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\",\"metadata\":"
                            + "{\"resourceVersion\":\""
                            + count
                            + "\",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}}}");
        }
        out.flush();
        synchronized (gate) {
            while (!open) {
                gate.wait();
            }
        }
        for (int round = 1; round <= rounds; round++) {
            for (int i = 0; i < count; i++) {
                event(out, "MODIFIED", BenchObject.json(i, round, sizeBytes, statusOnly));
            }
        }
        out.flush();
        Thread.sleep(java.time.Duration.ofHours(1));
    }

    private static void event(OutputStream out, String type, String object) throws IOException {
        chunk(
                out,
                ("{\"type\":\"" + type + "\",\"object\":" + object + "}\n")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
