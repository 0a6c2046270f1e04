package dev.driftledger.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pages in a real browser.
@QuarkusTest
@QuarkusTestResource(ShopLog.class)
final class PagesIT {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final String CLUSTER = "0b9c4cf5-41cd-4dcb-ae59-3f0a5b2a7e01";
    private static @Nullable Playwright playwright;
    private static @Nullable Browser browser;

    @TestHTTPResource("/")
    @Nullable URL root;

    @BeforeAll
    static void open() {
        if (!Files.isExecutable(CHROMIUM)) {
            System.err.println("SKIPPED PagesIT: there is no " + CHROMIUM + " to look at pages");
        }
        Assumptions.assumeTrue(Files.isExecutable(CHROMIUM), "no chromium");
        Playwright started =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        playwright = started;
        browser =
                started.chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(CHROMIUM)
                                        .setArgs(
                                                List.of(
                                                        "--no-sandbox",
                                                        "--disable-gpu",
                                                        "--disable-dev-shm-usage")));
    }

    @AfterAll
    static void close() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?at=2026-11-22T12:00:15Z",
                "/?at=2026-11-22T11:00:00Z",
                "/app/" + CLUSTER + "/shop/cart",
                "/findings",
                "/findings?state=open&owner=human",
                "/findings/5f0c9a1be2d34c7d8e9fa0b1c2d3e4f5",
                "/resource/" + CLUSTER + "/apps/Deployment/shop/cart",
                "/entry/" + CLUSTER + "/5",
                "/entry/" + CLUSTER + "/5?at=2026-11-22T12:05:00Z",
                "/checkpoints",
                "/checkpoints/" + CLUSTER,
                "/coverage",
                "/coverage?at=2026-11-22T12:01:00Z",
                "/sandbox",
                "/problems",
                "/log/" + CLUSTER + "/",
            })
    void every_page_has_its_landmarks_and_no_error(String path) {
        // Given
        List<String> complaints = new ArrayList<>();
        try (Page page = page()) {
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(message.text());
                }
            });

            // When
            Response answer = page.navigate(root + path.substring(1));

            // Then
            assertThat(answer.status()).isEqualTo(200);
            assertThat(page.locator("h1").count()).isEqualTo(1);
            assertThat(page.locator("main").count()).isEqualTo(1);
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo("en");
            assertThat(page.locator("svg:not([aria-hidden]):not([role=img])").count()).isZero();
            assertThat(page.content()).doesNotContain("NOT_FOUND");
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void the_first_key_leads_past_the_navigation() {
        try (Page page = page()) {
            // Given
            page.navigate(String.valueOf(root));

            // When
            page.keyboard().press("Tab");

            // Then
            Locator focused = page.locator(":focus");
            assertThat(focused.textContent()).isEqualTo("Skip to content");
            assertThat(focused.boundingBox().x).isGreaterThanOrEqualTo(0);
        }
    }

    @Test
    void from_the_application_to_the_proof_it_is_three_links() {
        try (Page page = page()) {
            // Given
            page.navigate(String.valueOf(root));

            // When
            page.locator("main a", new Page.LocatorOptions().setHasText("cart")).first().click();
            page.locator("main a[href^='/findings/']").first().click();
            page.locator("main a[href^='/entry/']").first().click();

            // Then
            assertThat(page.locator(".mark.good").first().textContent()).contains("Proven");
            assertThat(page.locator("svg[role=img] title").allTextContents())
                    .anyMatch(title -> title.startsWith("Inclusion proof of entry 5"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app/" + CLUSTER + "/shop/cart",
                "findings",
                "findings/5f0c9a1be2d34c7d8e9fa0b1c2d3e4f5",
                "resource/" + CLUSTER + "/apps/Deployment/shop/cart",
                "entry/" + CLUSTER + "/5",
                "checkpoints/" + CLUSTER,
                "coverage?at=2026-11-22T12:01:00Z",
                "problems",
            })
    void no_page_is_wider_than_a_small_telephone(String path) {
        try (Page page = page()) {
            // Given
            page.setViewportSize(320, 640);

            // When
            page.navigate(root + path);

            // Then
            Object width = page.evaluate("document.documentElement.scrollWidth");
            assertThat(((Number) width).intValue()).isLessThanOrEqualTo(320);
        }
    }

    @Test
    void the_moment_goes_along_from_page_to_page() {
        try (Page page = page()) {
            // Given
            page.navigate(String.valueOf(root));
            page.locator("#at").fill("2026-11-22T12:00:15Z");

            // When
            page.locator("#at").press("Enter");
            page.locator("main a", new Page.LocatorOptions().setHasText("cart")).first().click();

            // Then
            assertThat(page.url()).contains("at=2026-11-22T12%3A00%3A15");
            assertThat(page.locator("h1").textContent()).contains("In sync");
        }
    }

    private static Page page() {
        if (browser == null) {
            throw new IllegalStateException("the browser did not start");
        }
        return browser.newPage();
    }
}
