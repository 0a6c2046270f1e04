package dev.driftledger.recorder;

import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.IntakeRecord;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;

final class ShopDump {
    public static void main(String[] args) throws Exception {
        List<IntakeRecord> records = ShopRecording.records(Files.createTempDirectory("shop"));
        System.out.println(records.size() + " records");
        for (IntakeRecord r : records) { String x = r.toString(); if (x.contains("billing.example") && !(r instanceof IntakeRecord.Scope)) System.out.println("REC " + r.observedAt() + " " + x.substring(0, Math.min(400, x.length()))); }
        MemoryLog log = new MemoryLog(ShopRecording.CLUSTER);
        long t = System.nanoTime();
        for (IntakeRecord r : records) log.feed(r);
        System.out.println((System.nanoTime() - t) / 1000000 + " ms, entries " + log.entries().size());
        java.util.TreeMap<String,Integer> n = new java.util.TreeMap<>();
        for (Entry e : log.entries()) n.merge(e.type().wireName(), 1, Integer::sum);
        System.out.println(n);
        Set<EntryType> skip = Set.of(EntryType.OBJECT_OBSERVED, EntryType.WATCH_STARTED, EntryType.SCHEMA_OBSERVED, EntryType.OBJECT_DELETED, EntryType.HOOK_RECEIVED, EntryType.HEARTBEAT);
        for (Entry e : log.entries()) if (!skip.contains(e.type())) {
            if (false) continue; String s = e.subject()==null?"":e.subject().kind()+" "+e.subject().namespace()+"/"+e.subject().name();
            String b = String.valueOf(e.body());
            System.out.println(e.observedAt().toString().substring(11) + " " + e.type().wireName() + " " + s + " " + (b.length() > 700 ? b.substring(0, 700) : b));
        }
    }
}
