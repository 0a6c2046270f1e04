package dev.driftledger.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.model.Json;
import dev.driftledger.model.Rfc3339;
import dev.driftledger.store.Coverage;
import dev.driftledger.store.Recorded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Entries of a small shop, as the recorder writes them.
final class Samples {
    static final ClusterRef CLUSTER =
            new ClusterRef("0b9c4cf5-41cd-4dcb-ae59-3f0a5b2a7e01", "kind-shop");
    static final Instant NOON = Rfc3339.parse("2026-11-22T12:00:00Z");
    static final String FINDING = "5f0c9a1be2d34c7d8e9fa0b1c2d3e4f5";
    static final String COMMIT = "4be1d20c7a9f0c5512e4b8a96d3c1f7788990011";

    static final Watching WATCHED = new Watching(true, new Stamp(NOON), null, null);

    private Samples() {}

    /// JSON written with single quotes.
    static JsonNode json(String text) {
        try {
            return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Recorded entry(long index, EntryType type, Instant at, String body) {
        return entry(index, type, at, null, body);
    }

    static Recorded entry(
            long index, EntryType type, Instant at, Entry.@Nullable Subject subject, String body) {
        return new Recorded(
                index,
                new Entry(
                        1,
                        type,
                        Digest.of(new byte[] {(byte) index}).hex().substring(0, 32),
                        new Entry.Source("recorder", "0.1.0"),
                        0,
                        null,
                        at,
                        at.plusMillis(40),
                        CLUSTER,
                        null,
                        subject,
                        new TreeMap<>(),
                        (ObjectNode) json(body),
                        null,
                        null,
                        null,
                        null));
    }

    static Entry.Subject deployment(String name) {
        return new Entry.Subject("apps", "v1", "Deployment", "shop", name, "u-1", "812");
    }

    static Recorded snapshot(long index, String name, String verdict) {
        return entry(
                index,
                EntryType.SNAPSHOT,
                NOON,
                """
                {'application':'none:shop:%s','reason':'verdict','verdict':'%s',
                 'applied':{'id':'%s','author':'Ada <ada@shop.example>',
                   'committedAt':'2026-11-22T09:12:44.000Z','subject':'Raise the cart limit to 40'},
                 'head':{'id':'9d3c1f7788990011ab4be1d20c7a9f0c5512e4b8','subject':'Add a banner'},
                 %s
                 'counts':{'inSync':11,'drifted':2,'missing':1,'unmanaged':0,'extra':0,
                   'pending':0,'unknown':0},
                 'resourcesCount':14,'openFindings':3,'namespace':'shop','reconciler':'none',
                 'repository':'file:///srv/git/shop.git','path':'apps/%s','branch':'main'}
                """
                        .formatted(
                                name,
                                verdict,
                                COMMIT,
                                verdict.equals("pending")
                                        ? "'pendingSince':'2026-11-22T11:41:20.000Z',"
                                        : "",
                                name));
    }

    static Recorded finding(long index, String state, String path, String desired, String live) {
        EntryType type =
                state.equals("open") ? EntryType.FINDING_OPENED : EntryType.FINDING_RESOLVED;
        String resolution =
                state.equals("open")
                        ? ""
                        : ",'resolution':{'by':'reconciler','manager':'shop-ci','at':"
                                + "'2026-11-22T12:04:10.000Z'}";
        return entry(
                index,
                type,
                NOON.plusSeconds(index),
                deployment("cart"),
                """
                {'finding':'%s','class':'changed','state':'%s','application':'none:shop:cart',
                 'path':'%s','desired':%s,'live':%s,
                 'owner':{'type':'human','manager':'kubectl-edit','operation':'Update',
                   'time':'2026-11-22T11:59:58.000Z','evidence':'change'},
                 'severity':'high','rule':'list-map','certainty':'schema','applied':'%s',
                 'head':'%s','openedAt':'2026-11-22T12:00:00.120Z','count':2%s}
                """
                        .formatted(
                                FINDING, state, path, desired, live, COMMIT, COMMIT, resolution));
    }

    /// A day of a cluster with one gap and one time caught up; when not watched, with silence after
    /// them.
    static CoverageView coverage(Instant now, boolean watched) {
        Instant from = now.minus(Frame.STRIP);
        Instant start = now.minusSeconds(60_000);
        Instant gap = now.minusSeconds(25_000);
        Instant end = gap.plusSeconds(843);
        Coverage.Gap before =
                new Coverage.Gap(new Coverage.Span(from, start), "not-yet-watched", null);
        Coverage.Gap expired =
                new Coverage.Gap(new Coverage.Span(gap, end), "expired", "410 from the API server");
        Coverage.Gap restart =
                new Coverage.Gap(
                        new Coverage.Span(start.plusSeconds(9_000), start.plusSeconds(12_000)),
                        "shutdown",
                        "it was asked to stop");
        Coverage.Gap silence =
                new Coverage.Gap(new Coverage.Span(end, now), "silence", "nothing was recorded");
        List<Coverage.Span> first =
                List.of(
                        new Coverage.Span(start, restart.span().from()),
                        new Coverage.Span(restart.span().to(), gap));
        List<Coverage.Span> all = new ArrayList<>(first);
        all.add(new Coverage.Span(end, now));
        Coverage.Gap whole =
                new Coverage.Gap(
                        new Coverage.Span(from, now), "unavailable", "403 from the API server");
        Coverage.OfType deployments =
                new Coverage.OfType(
                        "/apis/apps/v1/deployments",
                        watched ? all : first,
                        List.of(restart),
                        watched ? List.of(before, expired) : List.of(before, expired, silence),
                        watched ? 0.65 : 0.3,
                        0.03);
        return CoverageView.of(
                CLUSTER,
                new Coverage(
                        from,
                        now,
                        from.minusSeconds(5),
                        List.of(
                                deployments,
                                new Coverage.OfType(
                                        "/apis/example.com/v1/widgets",
                                        List.of(),
                                        List.of(),
                                        List.of(whole),
                                        0,
                                        0)),
                        List.of(
                                new Coverage.Excluded(
                                        "coordination.k8s.io",
                                        "leases",
                                        "heartbeats of the control plane")),
                        new Coverage.Heartbeats(1440, from, now)));
    }
}
