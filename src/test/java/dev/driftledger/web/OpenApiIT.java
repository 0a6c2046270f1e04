package dev.driftledger.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The description of the API as it is published beside the one that the service gives.
@QuarkusTest
@QuarkusTestResource(ShopLog.class)
final class OpenApiIT {
    private static final Path PUBLISHED = Path.of("docs", "reference", "openapi.yaml");

    /// `-Dopenapi=write` writes it anew.
    @Test
    void the_published_description_is_that_of_the_service() throws IOException {
        // When
        String served =
                given().get("/openapi.yaml").then().statusCode(200).extract().body().asString();

        // Then
        if ("write".equals(System.getProperty("openapi"))) {
            Files.writeString(PUBLISHED, served);
        }
        assertThat(PUBLISHED).content().isEqualTo(served);
    }
}
