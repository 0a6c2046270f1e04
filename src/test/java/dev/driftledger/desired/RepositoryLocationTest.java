package dev.driftledger.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryLocationTest {
    private static final List<String> ALL = List.of("https", "http", "ssh", "git", "file");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ext::sh -c touch% pwned",
                "-oProxyCommand=x",
                "--upload-pack=x",
                "",
                "fd::7",
                "https://h/x\ny",
                "ssh://-oProxyCommand=x/y",
                "https:///x",
                "ftp://h/x"
            })
    void what_could_run_something_or_means_nothing_is_refused(String url) {
        assertThatThrownBy(() -> RepositoryLocation.parse(url, ALL))
                .isInstanceOf(SourceException.class);
    }

    @Test
    void schemes_that_are_not_allowed_are_refused_by_name() {
        assertThatThrownBy(() -> RepositoryLocation.parse("/srv/a.git", List.of("https")))
                .hasMessageContaining("scheme 'file'")
                .hasMessageContaining("driftledger.desired.schemes");
        assertThatThrownBy(() -> RepositoryLocation.parse("git@h:a.git", List.of("https")))
                .hasMessageContaining("scheme 'ssh'");
    }

    @Test
    void what_a_library_says_keeps_no_token() throws SourceException {
        RepositoryLocation token = RepositoryLocation.parse("https://ghp_SECRET@h.example/x", ALL);
        RepositoryLocation both = RepositoryLocation.parse("https://bob:hunter2@h.example/x", ALL);
        RepositoryLocation ssh = RepositoryLocation.parse("git@github.example:x.git", ALL);

        assertThat(token.withoutCredentials("https://ghp_SECRET@h.example/x: not authorized"))
                .isEqualTo("https://h.example/x: not authorized");
        assertThat(token.withoutCredentials("https://ghp_SECRET@h.example/x/info/refs: 401"))
                .doesNotContain("SECRET");
        assertThat(both.withoutCredentials("bob:hunter2 is refused")).doesNotContain("hunter2");
        assertThat(ssh.withoutCredentials("github.example: no git there"))
                .isEqualTo("github.example: no git there");
    }

    @Test
    void a_token_is_not_told_when_the_host_does_not_answer() throws SourceException {
        RemoteRefs refs = new RemoteRefs("https://ghp_SECRET@127.0.0.1:9/x.git");
        assertThatThrownBy(() -> refs.read(java.time.Duration.ofSeconds(1)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("127.0.0.1:9/x.git")
                .hasMessageNotContaining("SECRET");
    }

    @Test
    void credentials_are_never_shown() throws SourceException {
        RepositoryLocation location =
                RepositoryLocation.parse("https://bob:hunter2@h.example/x.git", ALL);
        assertThat(location.shown()).isEqualTo("https://h.example/x.git");
        assertThatThrownBy(
                        () -> RepositoryLocation.parse("https://bob:hunter2@h/x", List.of("ssh")))
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest",
                "http://2852039166/latest",
                "http://[fe80::1]/x",
                "http://[::ffff:169.254.169.254]/x",
                "http://0.0.0.0/x",
                "http://[fd00:ec2::254]/x"
            })
    void link_local_hosts_are_refused_however_spelt(String url) {
        assertThatThrownBy(() -> RepositoryLocation.parse(url, ALL).requireHostAllowed())
                .isInstanceOf(SourceException.class);
    }

    @Test
    void ordinary_places_are_allowed() throws SourceException {
        assertThat(RepositoryLocation.parse("file:///srv/a.git", ALL).scheme()).isEqualTo("file");
        assertThatCode(
                        RepositoryLocation.parse("http://127.0.0.1:8080/a.git", ALL)
                                ::requireHostAllowed)
                .doesNotThrowAnyException();
    }
}
