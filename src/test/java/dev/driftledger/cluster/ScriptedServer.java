package dev.driftledger.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/// An API server that serves two types, ConfigMaps and Secrets, and answers ConfigMap requests as
/// scripted, in order; when the script is over they hang.
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket socket;
    private final ConcurrentLinkedDeque<Step> script = new ConcurrentLinkedDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final List<Socket> clients = new ArrayList<>();

    /// Answers one request for ConfigMaps.
    interface Step {
        /// Writes the answer; the connection is cut after it unless it blocks.
        void answer(Answer answer) throws IOException, InterruptedException;
    }

    /// The answer to one request.
    record Answer(OutputStream out) {
        void head(int code, String headers) throws IOException {
            write("HTTP/1.1 " + code + " X\r\n" + headers + "Connection: close\r\n\r\n");
        }

        void refuse(int code, String reason, String headers) throws IOException {
            head(code, headers);
            write(
                    "{\"kind\":\"Status\",\"code\":%d,\"reason\":\"%s\",\"message\":\"%s\"}"
                            .formatted(code, reason, "scripted"));
        }

        void event(String type, String object) throws IOException {
            write("{\"type\":\"" + type + "\",\"object\":" + object + "}\n");
        }

        void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        void hang() throws InterruptedException {
            Thread.sleep(java.time.Duration.ofMinutes(5));
        }
    }

    ScriptedServer() throws IOException {
        socket = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    ClusterConnection connect() throws IOException, InterruptedException {
        Config config = new ConfigBuilder(Config.empty()).withMasterUrl(url()).build();
        return ClusterConnection.open("scripted", config);
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    ScriptedServer then(Step step) {
        script.add(step);
        return this;
    }

    /// What was asked of ConfigMaps so far: the queries.
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    static String map(String name, String uid, int version, String more) {
        return ("{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"%s\","
                        + "\"namespace\":\"n\",\"uid\":\"%s\",\"resourceVersion\":\"%d\"}%s}")
                .formatted(name, uid, version, more);
    }

    static String map(String name, String uid, int version) {
        return map(name, uid, version, "");
    }

    static String listEnd(int version) {
        return ("{\"kind\":\"ConfigMap\",\"metadata\":{\"resourceVersion\":\"%d\","
                        + "\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}}}")
                .formatted(version);
    }

    static String bookmark(int version) {
        return "{\"kind\":\"ConfigMap\",\"metadata\":{\"resourceVersion\":\"%d\"}}"
                .formatted(version);
    }

    @Override
    public synchronized void close() throws IOException {
        socket.close();
        for (Socket client : clients) {
            client.close();
        }
    }

    private void accept() {
        while (true) {
            try {
                Socket client = socket.accept();
                synchronized (this) {
                    clients.add(client);
                }
                Thread.ofPlatform().daemon().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                OutputStream out = client.getOutputStream()) {
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(
                                    client.getInputStream(), StandardCharsets.US_ASCII));
            String request = in.readLine();
            for (String line = request; line != null && !line.isEmpty(); line = in.readLine()) {}
            if (request != null) {
                answer(request.split(" ", -1)[1], new Answer(out));
            }
        } catch (IOException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(String target, Answer answer) throws IOException, InterruptedException {
        if (target.startsWith("/api/v1/configmaps")) {
            synchronized (this) {
                requests.add(target.substring("/api/v1/configmaps".length()));
            }
            Step step = script.poll();
            if (step == null) {
                answer.head(200, "");
                answer.hang();
            } else {
                step.answer(answer);
            }
        } else if (target.startsWith("/api/v1/secrets")) {
            answer.head(200, "");
            answer.event("BOOKMARK", listEnd(1));
            answer.hang();
        } else {
            answer.head(200, "");
            answer.write(document(target));
        }
    }

    private static String document(String target) {
        return switch (target) {
            case "/api/v1/namespaces/kube-system" -> "{\"metadata\":{\"uid\":\"scripted\"}}";
            case "/version" -> "{\"gitVersion\":\"v0\"}";
            case "/api" ->
                    """
                    {"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":""},"versions":[
                    {"version":"v1","resources":[
                    {"resource":"configmaps","responseKind":{"kind":"ConfigMap"},
                     "scope":"Namespaced","verbs":["list","watch"]},
                    {"resource":"secrets","responseKind":{"kind":"Secret"},
                     "scope":"Namespaced","verbs":["list","watch"]}]}]}]}\
                    """;
            case "/apis" -> "{\"kind\":\"APIGroupDiscoveryList\",\"items\":[]}";
            default -> "{\"paths\":{}}";
        };
    }
}
