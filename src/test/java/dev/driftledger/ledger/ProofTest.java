package dev.driftledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftledger.model.Digest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Proofs against the naive tree, and every mutation of a good proof that we can think of.
class ProofTest {
    private static final Digest OTHER = Digest.of(new byte[] {1, 2, 3});

    /// One thing that must not verify.
    private record Wrong(String desc, Check check) {}

    private interface Check {
        void run() throws RefutedException;
    }

    private static void assertAllFail(List<Wrong> wrongs) {
        for (Wrong wrong : wrongs) {
            assertThatThrownBy(wrong.check::run)
                    .as(wrong.desc)
                    .isInstanceOfAny(RefutedException.class, IllegalArgumentException.class);
        }
    }

    @Test
    void inclusion_proofs_are_those_of_the_rfc_and_verify_for_all_sizes_to_70()
            throws RefutedException {
        for (int size = 1; size <= 70; size++) {
            List<byte[]> entries = MemoryTree.entries(size);
            MemoryTree tree = MemoryTree.of(entries);
            Digest root = ReferenceTree.mth(entries);
            for (int index = 0; index < size; index++) {
                // When
                InclusionProof proof = InclusionProof.build(tree, index, size);
                // Then
                assertThat(proof.path()).isEqualTo(ReferenceTree.path(index, entries));
                proof.verify(Hashing.leaf(entries.get(index)), root);
            }
        }
    }

    @Test
    void consistency_proofs_are_those_of_the_rfc_and_verify_for_all_sizes_to_70()
            throws RefutedException {
        for (int to = 1; to <= 70; to++) {
            List<byte[]> entries = MemoryTree.entries(to);
            MemoryTree tree = MemoryTree.of(entries);
            for (int from = 1; from <= to; from++) {
                // When
                ConsistencyProof proof = ConsistencyProof.build(tree, from, to);
                // Then
                assertThat(proof.path()).isEqualTo(ReferenceTree.proof(from, entries));
                proof.verify(
                        ReferenceTree.mth(entries.subList(0, from)), ReferenceTree.mth(entries));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 257", "255, 257", "256, 257", "300, 1000", "65535, 70000", "69999, 70000"})
    void inclusion_proofs_across_tiles_verify(int index, int size) {
        // Given
        List<byte[]> entries = MemoryTree.entries(size);
        MemoryTree tree = MemoryTree.of(entries);
        // When
        InclusionProof proof = InclusionProof.build(tree, index, size);
        // Then
        Digest leaf = Hashing.leaf(entries.get(index));
        assertThatCode(() -> proof.verify(leaf, tree.frontier().root())).doesNotThrowAnyException();
        assertThat(proof.path()).isEqualTo(ReferenceTree.path(index, entries));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 2", "1, 2", "0, 8", "5, 8", "2, 3", "6, 7", "300, 1000"})
    void no_mutation_of_an_inclusion_proof_verifies(int index, int size) {
        // Given
        List<byte[]> entries = MemoryTree.entries(size);
        MemoryTree tree = MemoryTree.of(entries);
        InclusionProof good = InclusionProof.build(tree, index, size);
        Digest leaf = Hashing.leaf(entries.get(index));
        Digest root = tree.frontier().root();
        List<Wrong> wrongs = new ArrayList<>();
        // When
        wrongs.add(new Wrong("other leaf", () -> good.verify(OTHER, root)));
        wrongs.add(new Wrong("other root", () -> good.verify(leaf, OTHER)));
        wrongs.add(
                new Wrong("root of the empty tree", () -> good.verify(leaf, Hashing.EMPTY_ROOT)));
        for (List<Digest> path : mutations(good.path(), List.of(leaf, root))) {
            InclusionProof bad = new InclusionProof(index, size, path);
            wrongs.add(new Wrong("path " + path, () -> bad.verify(leaf, root)));
        }
        for (long other : new long[] {-1, 0, index - 1L, index + 1L, index ^ 2, size, size + 1L}) {
            if (other != index) {
                InclusionProof bad = new InclusionProof(other, size, good.path());
                wrongs.add(new Wrong("index " + other, () -> bad.verify(leaf, root)));
            }
        }
        for (long other : new long[] {-1, 0, index, 2L * size, size * 4L, Long.MIN_VALUE}) {
            InclusionProof bad = new InclusionProof(index, other, good.path());
            wrongs.add(new Wrong("size " + other, () -> bad.verify(leaf, root)));
        }
        // Then
        assertAllFail(wrongs);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "1, 8", "2, 8", "6, 8", "7, 8", "4, 7", "3, 300", "256, 300", "299, 300"})
    void no_mutation_of_a_consistency_proof_verifies(int from, int to) {
        // Given
        MemoryTree tree = MemoryTree.of(MemoryTree.entries(to));
        ConsistencyProof good = ConsistencyProof.build(tree, from, to);
        Digest fromRoot = Frontier.of(from, tree).root();
        Digest toRoot = tree.frontier().root();
        List<Wrong> wrongs = new ArrayList<>();
        // When
        wrongs.add(new Wrong("other first root", () -> good.verify(OTHER, toRoot)));
        wrongs.add(new Wrong("other second root", () -> good.verify(fromRoot, OTHER)));
        wrongs.add(new Wrong("roots swapped", () -> good.verify(toRoot, fromRoot)));
        wrongs.add(new Wrong("same root twice", () -> good.verify(toRoot, toRoot)));
        for (List<Digest> path : mutations(good.path(), List.of(fromRoot, toRoot))) {
            ConsistencyProof bad = new ConsistencyProof(from, to, path);
            wrongs.add(new Wrong("path " + path, () -> bad.verify(fromRoot, toRoot)));
        }
        for (long other : new long[] {-1, 0, to, to + 1L, 2L * to, Long.MIN_VALUE}) {
            ConsistencyProof bad = new ConsistencyProof(other, to, good.path());
            wrongs.add(new Wrong("first size " + other, () -> bad.verify(fromRoot, toRoot)));
        }
        for (long other : new long[] {-1, 0, from - 1L, from, 4L * to, Long.MIN_VALUE}) {
            ConsistencyProof bad = new ConsistencyProof(from, other, good.path());
            wrongs.add(new Wrong("second size " + other, () -> bad.verify(fromRoot, toRoot)));
        }
        // Then
        assertAllFail(wrongs);
    }

    /// Paths that differ from a good one in one thing.
    private static List<List<Digest>> mutations(List<Digest> path, List<Digest> nearby) {
        List<List<Digest>> all = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            all.add(with(path, i, OTHER));
            all.add(with(path, i, Hashing.EMPTY_ROOT));
            List<Digest> shorter = new ArrayList<>(path);
            shorter.remove(i);
            all.add(shorter);
            for (int bit = 0; bit < 8; bit++) {
                byte[] bytes = path.get(i).bytes();
                bytes[31 - bit] ^= (byte) (1 << bit);
                all.add(with(path, i, Digest.ofBytes(bytes)));
            }
        }
        for (int i = 0; i + 1 < path.size(); i++) {
            all.add(with(with(path, i, path.get(i + 1)), i + 1, path.get(i)));
        }
        List<Digest> extra = new ArrayList<>(nearby);
        extra.add(OTHER);
        extra.add(Hashing.EMPTY_ROOT);
        for (Digest digest : extra) {
            for (int at = 0; at <= path.size(); at++) {
                List<Digest> longer = new ArrayList<>(path);
                longer.add(at, digest);
                all.add(longer);
            }
        }
        return all;
    }

    private static List<Digest> with(List<Digest> path, int at, Digest digest) {
        List<Digest> changed = new ArrayList<>(path);
        changed.set(at, digest);
        return changed;
    }

    @Test
    void consistency_from_size_0_is_refused() {
        MemoryTree tree = MemoryTree.of(MemoryTree.entries(8));
        Digest root = tree.frontier().root();
        assertThatThrownBy(() -> ConsistencyProof.build(tree, 0, 8))
                .isInstanceOf(IllegalArgumentException.class);
        ConsistencyProof nothing = new ConsistencyProof(0, 8, List.of());
        assertThatThrownBy(() -> nothing.verify(Hashing.EMPTY_ROOT, root))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void consistency_between_equal_sizes_wants_equal_roots_and_no_path() {
        MemoryTree tree = MemoryTree.of(MemoryTree.entries(8));
        Digest root = tree.frontier().root();
        ConsistencyProof proof = ConsistencyProof.build(tree, 8, 8);
        assertThat(proof.path()).isEmpty();
        assertThatCode(() -> proof.verify(root, root)).doesNotThrowAnyException();
        assertThatThrownBy(() -> proof.verify(root, OTHER)).isInstanceOf(RefutedException.class);
        assertThatThrownBy(() -> new ConsistencyProof(8, 8, List.of(root)).verify(root, root))
                .isInstanceOf(RefutedException.class);
    }
}
