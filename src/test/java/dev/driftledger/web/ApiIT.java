package dev.driftledger.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.driftledger.ledger.Checkpoint;
import dev.driftledger.ledger.Hashing;
import dev.driftledger.ledger.InclusionProof;
import dev.driftledger.ledger.Tile;
import dev.driftledger.ledger.TlogProof;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ShopLog.class)
final class ApiIT {
    private static final String CLUSTER = Samples.CLUSTER.uid();
    private static final Pattern HREF = Pattern.compile("href=\"(/log/[^\"]+)\"");

    @Test
    void clusters_come_with_their_logs() {
        given().get("/api/v1/clusters")
                .then()
                .statusCode(200)
                .body("items[0].cluster.uid", equalTo(CLUSTER))
                .body("items[0].checkpoint.size", equalTo(300))
                .body("total_size", equalTo(1))
                .body("as_of", equalTo(300));
    }

    @Test
    void an_application_is_as_it_was_at_the_moment_asked_for() {
        String id = CLUSTER + ":none:shop:cart";
        given().get("/api/v1/applications")
                .then()
                .statusCode(200)
                .body("items[0].id", equalTo(id))
                .body("items[0].verdict", equalTo("drifted"));
        given().queryParam("at", "2026-11-22T12:00:15Z")
                .get("/api/v1/applications/" + id)
                .then()
                .statusCode(200)
                .body("application.verdict", equalTo("in-sync"))
                .body("application.applied.subject", equalTo("Raise the cart limit to 40"))
                .body("resources[0].resource.kind", equalTo("Deployment"));
    }

    @Test
    void findings_are_filtered_and_explained() {
        given().queryParam("state", "open")
                .queryParam("owner", "human")
                .queryParam("application", CLUSTER + ":none:shop:cart")
                .get("/api/v1/findings")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].class", equalTo("changed"))
                .body("items[0].desired", equalTo(2))
                .body("items[0].live", equalTo(5))
                .body("items[0].owner.evidence", equalTo("change"));
        given().queryParam("state", "resolved")
                .get("/api/v1/findings")
                .then()
                .body("items", hasSize(0));
        given().get("/api/v1/findings/" + Samples.FINDING)
                .then()
                .statusCode(200)
                .body("items", hasSize(1));
    }

    @Test
    void a_list_is_read_page_by_page_by_its_links() {
        Response first =
                given().queryParam("page_size", 100).get("/api/v1/log/" + CLUSTER + "/entries");
        Matcher link = Pattern.compile("<(.+)>; rel=\"next\"").matcher(first.header("Link"));
        assertThat(link.matches()).isTrue();
        given().urlEncodingEnabled(false)
                .get(link.group(1))
                .then()
                .statusCode(200)
                .body("items", hasSize(100))
                .body("items[0].index", equalTo(199))
                .body("total_size", equalTo(300));
    }

    @Test
    void coverage_names_what_was_not_watched() {
        given().queryParam("from", "2026-11-22T11:00:00Z")
                .queryParam("to", "2026-11-22T12:01:00Z")
                .get("/api/v1/coverage")
                .then()
                .statusCode(200)
                .body("items[0].types[0].path", equalTo("/apis/apps/v1/deployments"))
                .body("items[0].began_at", equalTo("2026-11-22T12:00:00.000Z"))
                .body("items[0].types[0].spans[0].state", equalTo("not-observed"))
                .body("items[0].types[0].spans[0].cause", equalTo("before-log"))
                .body("items[0].types[0].spans[1].cause", equalTo("not-yet-watched"))
                .body("items[0].types[0].spans[2].state", equalTo("watched"))
                .body("items[0].excluded[0].plural", equalTo("events"));
    }

    @Test
    void a_resource_tells_its_history() {
        given().get("/api/v1/resources/" + CLUSTER + ":apps:Deployment:shop:cart/history")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items[1].type", equalTo("object.observed"));
    }

    @Test
    void an_entry_comes_with_a_proof_that_holds() throws Exception {
        given().get("/api/v1/log/" + CLUSTER + "/entries/5")
                .then()
                .statusCode(200)
                .body("entry.type", equalTo("finding.opened"))
                .body("leaf_hash", notNullValue())
                .body("proof.path", hasSize(9));
        byte[] bundle = file("tile/entries/000").asByteArray();
        TlogProof proof = TlogProof.parse(file("proofs/5.tlog-proof").asByteArray());
        Checkpoint signed = Checkpoint.parse(proof.checkpoint().text());
        byte[] entry = Tile.decodeEntries(bundle).get(5);
        new InclusionProof(5, signed.size(), proof.path())
                .verify(Hashing.leaf(entry), signed.root());
    }

    @Test
    void log_files_are_cached_as_long_as_they_hold() {
        given().get("/log/" + CLUSTER + "/checkpoint")
                .then()
                .statusCode(200)
                .contentType("text/plain")
                .header("Cache-Control", "no-cache");
        Response tile = file("tile/0/001.p/44");
        assertThat(tile.header("Cache-Control")).contains("immutable");
        assertThat(tile.asByteArray()).hasSize(44 * 32);
        given().header("If-None-Match", tile.header("ETag"))
                .get("/log/" + CLUSTER + "/tile/0/001.p/44")
                .then()
                .statusCode(304);
    }

    @Test
    void following_the_links_finds_every_file() {
        Set<String> seen = new TreeSet<>();
        Deque<String> waiting = new ArrayDeque<>(List.of("/log/" + CLUSTER + "/"));
        while (!waiting.isEmpty()) {
            String address = waiting.remove().replace("&amp;", "&");
            if (seen.add(address)) {
                Response answer = given().urlEncodingEnabled(false).get(address);
                assertThat(answer.statusCode()).as(address).isEqualTo(200);
                if (answer.contentType().startsWith("text/html")) {
                    HREF.matcher(answer.asString())
                            .results()
                            .forEach(found -> waiting.add(found.group(1)));
                }
            }
        }
        String root = "/log/" + CLUSTER + "/";
        assertThat(seen)
                .contains(
                        root + "checkpoint",
                        root + "checkpoints/300",
                        root + "tile/0/000",
                        root + "tile/0/001.p/44",
                        root + "tile/1/000.p/1",
                        root + "tile/entries/000",
                        root + "tile/entries/001.p/44");
        assertThat(seen.stream().filter(path -> path.contains("/blobs/"))).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/findings?state=maybe",
                "/api/v1/findings?statee=open",
                "/api/v1/findings?class=foo",
                "/api/v1/findings?state=open&state=resolved",
                "/api/v1/findings?from=2026-11-22T12:00:01Z&to=2026-11-22T12:00:00Z",
                "/api/v1/applications?reconciler=argo",
                "/api/v1/findings?application=cart",
                "/api/v1/findings?at=yesterday",
                "/api/v1/findings?at=2999-01-01T00:00:00Z",
                "/api/v1/findings?page_size=0",
                "/api/v1/findings?page_size=x",
                "/api/v1/findings?page_token=zzzz",
                "/api/v1/findings/not-hex",
                "/api/v1/applications/cart",
                "/api/v1/applications?cluster=%3Cscript%3E",
                "/api/v1/resources/a/history",
                "/api/v1/coverage?from=2020-01-01T00:00:00Z",
                "/api/v1/log/x/entries/-1",
                "/api/v1/log/x/entries/99999999999999999999",
            })
    void what_cannot_be_read_is_refused_with_a_problem(String address) {
        given().urlEncodingEnabled(false)
                .get(address)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", containsString("#"))
                .body("title", notNullValue())
                .body("detail", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/nothing",
                "/api/v1/findings?cluster=nobody",
                "/api/v1/findings?application=nobody:none:shop:cart",
                "/api/v1/applications?cluster=nobody",
                "/api/v1/findings/00000000000000000000000000000000",
                "/api/v1/log/nobody",
                "/api/v1/log/nobody/entries/1",
                "/log/nobody/checkpoint",
                "/log/nobody/tile/0/zzz",
                "/log/nobody/tile/0/000",
                "/log/nobody/blobs/sha256/aa/zz",
                "/log/nobody/checkpoints/7",
                "/log/nobody/key",
                "/schemas/drift.nothing/v1.json",
                "/schemas/..%2Fasyncapi.yaml/v1.json",
            })
    void what_is_not_there_is_a_problem_that_says_where_to_look(String address) {
        given().get(address)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", notNullValue());
    }

    @Test
    void events_find_their_schemas_and_problems_their_meaning() {
        given().get("/schemas/drift.detected/v1.json")
                .then()
                .statusCode(200)
                .contentType("application/schema+json")
                .body(containsString("\"$schema\""));
        given().get("/asyncapi.yaml")
                .then()
                .statusCode(200)
                .contentType("application/yaml")
                .body(containsString("asyncapi: 3.0.0"));
        given().get("/openapi.yaml")
                .then()
                .statusCode(200)
                .body(containsString("/api/v1/coverage"));
        given().get("/problems").then().statusCode(200).body(containsString("id=\"not-recorded\""));
    }

    @Test
    void an_address_that_leads_nowhere_is_told_of_in_our_own_words() {
        given().get("/api/v1/nothing/here")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", endsWith("#no-such-address"))
                .body("detail", containsString("/openapi.yaml"));
        given().accept("text/html")
                .get("/nothing/here")
                .then()
                .statusCode(404)
                .contentType("text/html")
                .body(containsString("There is nothing at this address"));
        given().delete("/api/v1/findings")
                .then()
                .statusCode(405)
                .body("type", endsWith("#not-acceptable-here"));
    }

    @Test
    void an_application_says_whether_its_cluster_was_watched() {
        given().queryParam("at", "2026-11-22T12:00:15Z")
                .get("/api/v1/applications")
                .then()
                .statusCode(200)
                .body("items[0].coverage.observed", equalTo(true));
        given().get("/api/v1/applications/" + CLUSTER + ":none:shop:cart")
                .then()
                .statusCode(200)
                .body("application.coverage.observed", equalTo(false))
                .body("application.coverage.cause", equalTo("silence"));
    }

    @Test
    void browsers_get_problems_as_pages() {
        given().accept("text/html")
                .get("/findings/00000000000000000000000000000000")
                .then()
                .statusCode(404)
                .contentType("text/html")
                .header("Content-Security-Policy", containsString("default-src 'self'"))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .body(containsString("Finding is not recorded"))
                .body(containsString("cover-strip"))
                .body(not(containsString("/api/v1")));
        given().accept("text/html")
                .queryParam("at", "sometime")
                .queryParam("state", "open")
                .get("/findings")
                .then()
                .statusCode(400)
                .body(containsString("value=\"sometime\""))
                .body(containsString("name=\"state\" value=\"open\""))
                .body(containsString("cover-strip"));
        given().accept("text/html")
                .queryParam("at", "2020-01-01T00:00:00Z")
                .get("/app/" + CLUSTER + "/shop/cart")
                .then()
                .statusCode(404)
                .body(containsString("nothing is known of the time before"));
    }

    private static Response file(String path) {
        Response answer = given().get("/log/" + CLUSTER + "/" + path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }
}
