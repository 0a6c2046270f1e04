package dev.driftledger.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.ledger.Hashing;
import dev.driftledger.ledger.InclusionProof;
import dev.driftledger.model.Digest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProofWalkTest {
    @Test
    void every_entry_of_every_small_tree_leads_to_the_root() {
        // Given
        List<Digest> leaves = leaves(70);

        for (int size = 1; size <= leaves.size(); size++) {
            List<Digest> tree = leaves.subList(0, size);
            Digest root = TestTemplates.root(tree);
            for (int index = 0; index < size; index++) {
                // When
                ProofWalk walk = ProofWalk.of(proof(tree, index), tree.get(index), root);

                // Then
                assertThat(walk.holds()).as("index %s of %s", index, size).isTrue();
            }
        }
    }

    @Test
    void another_root_is_refuted_and_the_picture_says_so() {
        // Given
        List<Digest> leaves = leaves(5);
        Digest other = Digest.of(new byte[] {9});

        // When
        ProofWalk walk = ProofWalk.of(proof(leaves, 4), leaves.get(4), other);

        // Then
        assertThat(walk.holds()).isFalse();
        assertThat(ProofPicture.svg(walk)).contains("not equal: refuted", "unequal");
    }

    @Test
    void a_log_of_one_entry_has_its_leaf_as_root() {
        // Given
        List<Digest> leaves = leaves(1);

        // When
        ProofWalk walk = ProofWalk.of(proof(leaves, 0), leaves.get(0), leaves.get(0));

        // Then
        assertThat(walk.steps()).isEmpty();
        assertThat(ProofPicture.svg(walk)).contains("= equal");
    }

    private static InclusionProof proof(List<Digest> leaves, int index) {
        return InclusionProof.build(
                (level, at) -> {
                    assertThat(level).isZero();
                    return leaves.get((int) at);
                },
                index,
                leaves.size());
    }

    private static List<Digest> leaves(int count) {
        List<Digest> leaves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leaves.add(Hashing.leaf(new byte[] {(byte) i}));
        }
        return leaves;
    }
}
