package dev.driftledger.ledger;

import dev.driftledger.model.Digest;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// RFC 6962 section 2.1, word for word and slow: what the fast code is checked against. `D[a:b]` is
/// `entries.subList(a, b)`.
final class ReferenceTree {
    private ReferenceTree() {}

    /// Section 2.1, MTH.
    static Digest mth(List<byte[]> d) {
        int n = d.size();
        if (n == 0) {
            return Digest.of(new byte[0]);
        }
        if (n == 1) {
            return Digest.of(concat(new byte[] {0}, d.get(0), new byte[0]));
        }
        int k = k(n);
        Digest left = mth(d.subList(0, k));
        Digest right = mth(d.subList(k, n));
        return Digest.of(concat(new byte[] {1}, left.bytes(), right.bytes()));
    }

    /// Section 2.1.1, `PATH(m, D[n])`.
    static List<Digest> path(int m, List<byte[]> d) {
        int n = d.size();
        if (n == 1) {
            return new ArrayList<>();
        }
        int k = k(n);
        List<Digest> path;
        if (m < k) {
            path = path(m, d.subList(0, k));
            path.add(mth(d.subList(k, n)));
        } else {
            path = path(m - k, d.subList(k, n));
            path.add(mth(d.subList(0, k)));
        }
        return path;
    }

    /// Section 2.1.2, `PROOF(m, D[n])`.
    static List<Digest> proof(int m, List<byte[]> d) {
        return subproof(m, d, true);
    }

    private static List<Digest> subproof(int m, List<byte[]> d, boolean b) {
        int n = d.size();
        List<Digest> proof = new ArrayList<>();
        if (m == n) {
            if (!b) {
                proof.add(mth(d));
            }
            return proof;
        }
        int k = k(n);
        if (m <= k) {
            proof = subproof(m, d.subList(0, k), b);
            proof.add(mth(d.subList(k, n)));
        } else {
            proof = subproof(m - k, d.subList(k, n), false);
            proof.add(mth(d.subList(0, k)));
        }
        return proof;
    }

    /// The largest power of two smaller than n.
    private static int k(int n) {
        int k = 1;
        while (k * 2 < n) {
            k *= 2;
        }
        return k;
    }

    private static byte[] concat(byte[] a, byte[] b, byte[] c) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(a);
        out.writeBytes(b);
        out.writeBytes(c);
        return out.toByteArray();
    }
}
