package dev.driftledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftledger.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeTest {
    private static List<byte[]> vectorEntries() {
        return Stream.of(
                        "",
                        "00",
                        "10",
                        "2021",
                        "3031",
                        "40414243",
                        "5051525354555657",
                        "606162636465666768696a6b6c6d6e6f")
                .map(HexFormat.of()::parseHex)
                .toList();
    }

    @Test
    void root_of_the_rfc_6962_entries_is_the_published_one() {
        // When
        MemoryTree tree = MemoryTree.of(vectorEntries());
        // Then
        String want = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328";
        assertThat(tree.frontier().root().hex()).isEqualTo(want);
        assertThat(ReferenceTree.mth(vectorEntries()).hex()).isEqualTo(want);
    }

    @Test
    void root_of_the_empty_tree_is_sha_256_of_nothing() {
        assertThat(Frontier.EMPTY.root().hex())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void leaf_hash_is_the_published_one() {
        assertThat(Hashing.leaf("L123456".getBytes(StandardCharsets.UTF_8)).hex())
                .isEqualTo("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
    }

    @Test
    void every_size_to_600_has_the_root_of_the_naive_tree() {
        // Given
        List<byte[]> entries = MemoryTree.entries(600);
        MemoryTree tree = new MemoryTree();
        for (int size = 1; size <= entries.size(); size++) {
            // When
            tree.append(List.of(Hashing.leaf(entries.get(size - 1))));
            // Then
            Digest want = ReferenceTree.mth(entries.subList(0, size));
            assertThat(tree.frontier().root()).as("size %d", size).isEqualTo(want);
        }
    }

    @Test
    void batches_of_any_size_give_the_same_tree() {
        // Given
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Digest> leaves = MemoryTree.entries(2_000).stream().map(Hashing::leaf).toList();
        MemoryTree batched = new MemoryTree();
        // When
        for (int at = 0; at < leaves.size(); ) {
            int end = Math.min(leaves.size(), at + random.nextInt(600));
            batched.append(leaves.subList(at, end));
            at = end;
        }
        // Then
        MemoryTree whole = MemoryTree.of(MemoryTree.entries(2_000));
        assertThat(batched.frontier()).as("seed %d", seed).isEqualTo(whole.frontier());
        assertThat(batched.level(1)).as("seed %d", seed).isEqualTo(whole.level(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 255, 256, 257, 511, 512, 70_000})
    void frontier_is_restored_from_stored_hashes(int size) {
        // Given
        MemoryTree tree = MemoryTree.of(MemoryTree.entries(size));
        // When
        Frontier restored = Frontier.of(size, tree);
        // Then
        assertThat(restored).isEqualTo(tree.frontier());
    }

    @Test
    void tree_of_70_000_has_the_tiles_of_the_specification() {
        // When
        MemoryTree tree = MemoryTree.of(MemoryTree.entries(70_000));
        // Then
        assertThat(tree.level(1)).hasSize(273);
        assertThat(tree.level(2)).hasSize(1);
        assertThat(tree.level(3)).isEmpty();
        List<byte[]> first = MemoryTree.entries(70_000).subList(256, 512);
        assertThat(tree.level(1).get(1)).isEqualTo(ReferenceTree.mth(first));
    }

    @Test
    void needed_hashes_are_all_that_a_proof_reads() {
        // Given
        int size = 70_000;
        MemoryTree tree = MemoryTree.of(MemoryTree.entries(size));
        // When
        Map<HashReader.Place, Digest> fetched = new HashMap<>();
        for (HashReader.Place place :
                HashReader.needed(reader -> InclusionProof.build(reader, 300, size))) {
            fetched.put(place, tree.hash(place.level(), place.index()));
        }
        HashReader few =
                (level, index) ->
                        Objects.requireNonNull(fetched.get(new HashReader.Place(level, index)));
        // Then
        assertThat(InclusionProof.build(few, 300, size))
                .isEqualTo(InclusionProof.build(tree, 300, size));
        assertThat(fetched).hasSizeLessThan(3 * TileHash.WIDTH);
    }

    @Test
    void frontier_with_the_wrong_number_of_nodes_is_refused() {
        assertThatThrownBy(() -> new Frontier(3, new ArrayList<>()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("want 2");
    }
}
