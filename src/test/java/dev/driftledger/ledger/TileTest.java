package dev.driftledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftledger.model.Digest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TileTest {
    @ParameterizedTest
    @CsvSource({
        "0, 1234067, 256, tile/0/x001/x234/067",
        "0, 0, 256, tile/0/000",
        "1, 999, 17, tile/1/999.p/17",
        "2, 1000, 1, tile/2/x001/000.p/1",
        "63, 0, 255, tile/63/000.p/255",
        "-1, 273, 112, tile/entries/273.p/112",
        "-1, 1000000, 256, tile/entries/x001/x000/000",
    })
    void paths_are_written_and_read_as_the_specification_has_them(
            int level, long index, int width, String path) {
        TilePath tile = new TilePath(level, index, width);
        assertThat(tile.path()).isEqualTo(path);
        assertThat(TilePath.parse(path)).isEqualTo(tile);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/0/00",
                "tile/0/0000",
                "tile/0/x000/001",
                "tile/00/000",
                "tile/64/000",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/01",
                "tile/0/000.p",
                "tile/0/x001",
                "tile/0/001/002",
                "/tile/0/000",
                "tile/0/000/",
                "tile/entries/../000",
                "tile/-1/000",
                "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
                "tile/data/000",
                "tile/0/\u0660\u0660\u0660"
            })
    void other_paths_are_refused(String path) {
        assertThatThrownBy(() -> TilePath.parse(path)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tree_of_70_000_has_the_widths_of_the_specification() {
        assertThat(TilePath.inTree(0, 272, 70_000).partial()).isFalse();
        assertThat(TilePath.inTree(0, 273, 70_000).width()).isEqualTo(112);
        assertThat(TilePath.inTree(1, 1, 70_000).width()).isEqualTo(17);
        assertThat(TilePath.inTree(2, 0, 70_000).width()).isEqualTo(1);
        assertThat(TilePath.hashes(3, 70_000)).isZero();
        assertThatThrownBy(() -> TilePath.inTree(0, 274, 70_000))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hashes_survive_being_a_tile() {
        // Given
        List<Digest> hashes = MemoryTree.entries(256).stream().map(Hashing::leaf).toList();
        // When
        byte[] bytes = Tile.encodeHashes(hashes);
        // Then
        assertThat(bytes).hasSize(8192);
        assertThat(Tile.decodeHashes(bytes)).isEqualTo(hashes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 257 * 32})
    void tiles_of_other_sizes_are_refused(int size) {
        assertThatThrownBy(() -> Tile.decodeHashes(new byte[size]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void entries_survive_being_a_bundle() {
        // Given
        byte[] large = new byte[65_535];
        large[0] = 7;
        // When
        byte[] bytes = Tile.encodeEntries(List.of(new byte[] {1}, large, new byte[] {2, 3}));
        // Then
        assertThat(bytes).hasSize(6 + 1 + 65_535 + 2).startsWith(0, 1, 1, 0xFF, 0xFF, 7);
        assertThat(Tile.decodeEntries(bytes))
                .containsExactly(new byte[] {1}, large, new byte[] {2, 3});
    }

    @Test
    void bundles_that_end_early_or_late_are_refused() {
        byte[] tooMany = Tile.encodeEntries(MemoryTree.entries(257));
        for (byte[] bytes : new byte[][] {{}, {0}, {0, 2, 1}, {0, 1, 1, 0}, tooMany}) {
            assertThatThrownBy(() -> Tile.decodeEntries(bytes))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65_536})
    void entries_of_other_sizes_are_refused(int size) {
        assertThatThrownBy(() -> Tile.encodeEntries(List.of(new byte[size])))
                .hasMessageContaining("want 1 to 65535");
    }
}
