package dev.firn.local.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path OUTPUT = Path.of("target", "dashboard");
    private static final String MISSING =
            "the dashboard's test needs a browser, and there is none: apt-get install chromium chromium-driver";

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Where there is no browser, the test is skipped, with what is missing as the reason; in CI ({@code CI} is set) it fails. */
    static Browser open() {
        Optional<File> program = onPath("chromium");
        Optional<File> chromedriver = onPath("chromedriver");
        if (program.isEmpty() || chromedriver.isEmpty()) {
            return System.getenv("CI") == null ? Assumptions.abort(MISSING) : Assertions.fail(MISSING);
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program.get());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.get())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    private static Optional<File> onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> new File(folder, program))
                .filter(File::canExecute)
                .findFirst();
    }

    void go(String address) {
        driver.get(address);
    }

    /** The elements' texts, in the page's order. */
    List<String> texts(String selector) {
        return all(selector).stream().map(WebElement::getText).toList();
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    WebElement one(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** Clicks it, as soon as it can be. */
    void click(String selector) {
        await(selector, () -> {
            one(selector).click();
            return true;
        });
    }

    /** Waits until it has been so. What is looked at may be put anew while it is looked at. */
    void await(String what, Condition condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsMatching(
                        e -> e instanceof StaleElementReferenceException || e instanceof NoSuchElementException)
                .until(condition::holds);
    }

    void scheme(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** How many pixels the page is too wide for this width. */
    long overflow(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        Object wide = driver.executeScript("return document.documentElement.scrollWidth");
        return ((Number) Objects.requireNonNull(wide)).longValue() - width;
    }

    void picture(String name) throws IOException {
        Object data =
                driver.executeCdpCommand("Page.captureScreenshot", Map.of()).get("data");
        Files.write(
                output(name + ".png"),
                Base64.getDecoder().decode(Objects.requireNonNull(data).toString()));
    }

    /** A file that is kept when the test has ended. */
    static Path output(String name) throws IOException {
        return Files.createDirectories(OUTPUT).resolve(name);
    }

    void requireNoErrors() {
        assertThat(errors()).isEmpty();
    }

    /** What the console has said since this was last asked. */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }

    interface Condition {
        boolean holds() throws Exception;
    }
}
