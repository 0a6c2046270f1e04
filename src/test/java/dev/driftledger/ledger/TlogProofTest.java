package dev.driftledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class TlogProofTest {
    private static final SigningKey KEY = SigningKey.generate("example.com/a", new SecureRandom());
    private static final List<VerifierKey> KNOWN = List.of(KEY.verifierKey());
    private static final List<byte[]> ENTRIES = MemoryTree.entries(300);

    private static TlogProof proof(int index) {
        MemoryTree tree = MemoryTree.of(ENTRIES);
        Checkpoint checkpoint = new Checkpoint("example.com/a", 300, tree.frontier().root());
        InclusionProof path = InclusionProof.build(tree, index, 300);
        return new TlogProof(index, path.path(), Note.sign(checkpoint.text(), List.of(KEY)));
    }

    @Test
    void file_has_the_shape_of_the_specification() {
        // When
        String text = new String(proof(299).bytes(), StandardCharsets.UTF_8);
        // Then
        assertThat(text.lines())
                .startsWith("c2sp.org/tlog-proof@v1", "index 299")
                .containsSequence("", "example.com/a", "300")
                .last()
                .asString()
                .startsWith("\u2014 example.com/a ");
    }

    @Test
    void proof_is_read_back_and_verifies_offline() throws RefutedException {
        // Given
        byte[] file = proof(7).bytes();
        // When
        TlogProof read = TlogProof.parse(file);
        // Then
        assertThat(read.bytes()).isEqualTo(file);
        assertThat(read.verify(ENTRIES.get(7), KNOWN).size()).isEqualTo(300);
        assertThatThrownBy(() -> read.verify(ENTRIES.get(8), KNOWN))
                .isInstanceOf(RefutedException.class);
    }

    @Test
    void no_flipped_byte_of_a_proof_verifies() {
        byte[] good = proof(7).bytes();
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            assertThatThrownBy(() -> TlogProof.parse(bad).verify(ENTRIES.get(7), KNOWN))
                    .as("byte %d", i)
                    .isInstanceOfAny(RefutedException.class, IllegalArgumentException.class);
        }
    }
}
