package dev.driftledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftledger.model.Digest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoteTest {
    private static final VerifierKey FOO =
            VerifierKey.parse(
                    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
    private static final String FOO_NOTE =
            "This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1Y"
                    + "Eq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    private static final String PETER =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Note note) {
        return new String(note.bytes(), StandardCharsets.UTF_8);
    }

    private static SigningKey newKey(String name) {
        return SigningKey.generate(name, new SecureRandom());
    }

    @Test
    void published_note_verifies() throws RefutedException {
        // When
        Note note = Note.parse(utf8(FOO_NOTE));
        // Then
        assertThat(note.verify(List.of(FOO))).containsExactly(FOO);
        assertThat(note.text()).isEqualTo("This is an example message.\n");
        assertThat(note.bytes()).isEqualTo(utf8(FOO_NOTE));
        assertThat(FOO.encode())
                .isEqualTo("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
    }

    @Test
    void published_signing_key_has_the_published_verifier_key() throws RefutedException {
        // When
        SigningKey key = SigningKey.parse(PETER);
        // Then
        assertThat(key.verifierKey().encode())
                .isEqualTo("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        assertThat(key.encode()).isEqualTo(PETER);
        assertThat(key.toString()).doesNotContain("AYEKFALV");
        Note note = Note.sign("If you think cryptography is the answer.\n", List.of(key));
        assertThat(note.verify(List.of(key.verifierKey()))).hasSize(1);
    }

    @Test
    void generated_keys_sign_and_survive_being_stored() throws RefutedException {
        for (int i = 0; i < 50; i++) {
            // Given
            SigningKey key = newKey("example.com/log");
            // When
            Note note = Note.sign("a\n\nb\n", List.of(SigningKey.parse(key.encode())));
            // Then
            Note read = Note.parse(note.bytes());
            assertThat(read.text()).isEqualTo("a\n\nb\n");
            assertThat(read.verify(List.of(VerifierKey.parse(key.verifierKey().encode()))))
                    .hasSize(1);
        }
    }

    @Test
    void signatures_of_unknown_keys_are_ignored_even_with_a_known_name() throws RefutedException {
        // Given
        SigningKey known = newKey("log");
        Note note =
                Note.sign("text\n", List.of(newKey("witness"), newKey("log"), known, newKey("x")));
        // When
        List<VerifierKey> verified = note.verify(List.of(known.verifierKey()));
        // Then
        assertThat(verified).containsExactly(known.verifierKey());
    }

    @Test
    void note_without_a_known_key_is_refuted() {
        Note note = Note.sign("text\n", List.of(newKey("log")));
        assertThatThrownBy(() -> note.verify(List.of(FOO)))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("no known key");
    }

    @Test
    void one_failing_known_key_refutes_the_whole_note() {
        // Given
        SigningKey good = newKey("good");
        SigningKey other = newKey("other");
        String signed = text(Note.sign("text\n", List.of(good)));
        String elsewhere = text(Note.sign("else\n", List.of(other)));
        String wrongLine = elsewhere.substring(elsewhere.indexOf('\u2014'));
        // When
        Note note = Note.parse(utf8(signed + wrongLine));
        // Then
        assertThatThrownBy(() -> note.verify(List.of(good.verifierKey(), other.verifierKey())))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("other");
    }

    @Test
    void sixteen_signatures_are_accepted_and_a_hundred_and_one_refused() throws RefutedException {
        // Given
        List<SigningKey> keys = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            keys.add(newKey("key" + i));
        }
        byte[] sixteen = Note.sign("text\n", keys).bytes();
        String line = FOO_NOTE.substring(FOO_NOTE.indexOf('\u2014'));
        // Then
        List<VerifierKey> known = keys.stream().map(SigningKey::verifierKey).toList();
        assertThat(Note.parse(sixteen).verify(known)).hasSize(16);
        assertThatThrownBy(() -> Note.parse(utf8("t\n\n" + line.repeat(101))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("101");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n",
                "text\n",
                "text\n\n",
                "text\n\n\u2014 a AAAAAAE=",
                "text\n\n- a AAAAAAE=\n",
                "text\n\n\u2014 a  AAAAAAE=\n",
                "text\n\n\u2014 a\n",
                "text\n\n\u2014 a AAAAAA==\n",
                "text\n\n\u2014 a+b AAAAAAE=\n",
                "text\n\n\u2014 a AAAAAAF=\n",
                "text\n\n\u2014 a AAAAAAE\n",
                "te\rxt\n\n\u2014 a AAAAAAE=\n",
                "text\n\n\u2014\u00a0a AAAAAAE=\n",
                "text\n\n\u2014 \u2003 AAAAAAE=\n"
            })
    void what_is_no_note_is_refused(String text) {
        assertThatThrownBy(() -> Note.parse(utf8(text)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused() {
        byte[] bytes = utf8(FOO_NOTE);
        bytes[0] = (byte) 0xFF;
        assertThatThrownBy(() -> Note.parse(bytes)).hasMessageContaining("UTF-8");
    }

    @Test
    void no_flipped_byte_of_a_note_verifies() {
        byte[] good = utf8(FOO_NOTE);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            assertThatThrownBy(() -> Note.parse(bad).verify(List.of(FOO)))
                    .as("byte %d", i)
                    .isInstanceOfAny(RefutedException.class, IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a+b",
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
            })
    void wrong_verifier_keys_are_refused(String text) {
        assertThatThrownBy(() -> VerifierKey.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_wrong_signing_key_is_refused_without_showing_it() {
        String wrong = PETER.replace("c74f20a3", "c74f20a4");
        assertThatThrownBy(() -> SigningKey.parse(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("AYEKFALV");
        assertThatThrownBy(() -> SigningKey.parse("AYEKFALV")).hasMessageNotContaining("AYEKFALV");
    }

    @Test
    void checkpoint_text_is_three_lines_and_reads_back() {
        // Given
        Checkpoint checkpoint = new Checkpoint("example.com/a", 0, Hashing.EMPTY_ROOT);
        // When
        String text = checkpoint.text();
        // Then
        assertThat(text)
                .isEqualTo("example.com/a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
        assertThat(Checkpoint.parse(text)).isEqualTo(checkpoint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\n00\nR\n",
                "a\n-1\nR\n",
                "a\n1\nR\nextension\n",
                "a\n1\nR",
                "a b\n1\nR\n",
                "\n1\nR\n",
                "a\n9223372036854775808\nR\n",
                "a\n1\nAAAA\n",
                "a\n1\n\n",
                "a\n1\n*\n",
                "a\n1 \nR\n"
            })
    void wrong_checkpoints_are_refused(String shape) {
        String root = Base64.getEncoder().encodeToString(Digest.of(utf8("x")).bytes());
        assertThatThrownBy(() -> Checkpoint.parse(shape.replace("R", root)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
