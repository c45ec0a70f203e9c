package dev.firn.launch;

import dev.firn.config.ConfigurationException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process of a service: its beans and its management server, until it is asked to end. */
public final class Service {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    /** The environment of {@link #once}, in which what a service does by itself must not begin. */
    public static final String ONCE = "once";

    private static final int DEFECT = 1;
    private static final int CONFIGURATION = 2;

    private Service() {}

    /**
     * Runs until the process is asked to end, by SIGTERM or Ctrl-C, and then closes every bean. What is wrong with the
     * configuration is said in one line; anything else that keeps it from starting is a defect, and logged whole.
     *
     * @param main the class whose application this is
     * @param arguments configuration, as {@code -firn.sink.lanes=4}
     * @param longestEnd how long closing may take before the process ends all the same
     * @return the exit code
     */
    public static int run(Class<?> main, List<String> arguments, Duration longestEnd) {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(asked, closed, longestEnd), "shutdown"));
        try {
            serve(main, arguments, asked);
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return DEFECT;
        } catch (RuntimeException e) {
            // the top of the main thread
            return explain(e);
        } finally {
            closed.countDown();
        }
    }

    private static void serve(Class<?> main, List<String> arguments, CountDownLatch asked) throws InterruptedException {
        try (ApplicationContext context = ApplicationContext.builder()
                .mainClass(main)
                .args(Arguments.settings(arguments))
                .banner(false)
                .start()) {
            EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
            LOG.info("Listening at={}", server.getURI());
            asked.await();
        }
    }

    /**
     * Does one thing with the service's configuration, and with such beans as it asks for, then closes them. What is wrong
     * with the configuration is said in one line.
     *
     * @param main the class whose application this is
     * @param arguments configuration, as {@code -firn.sink.lanes=4}
     * @param work answers with the exit code
     * @return the exit code: the work's, or 2 for a configuration that is wrong, or 1 for a defect
     */
    public static int once(Class<?> main, List<String> arguments, ToIntFunction<ApplicationContext> work) {
        try (ApplicationContext context = ApplicationContext.builder()
                .mainClass(main)
                .args(Arguments.settings(arguments))
                .banner(false)
                .environments(ONCE)
                .properties(Map.of("logger.levels.root", "WARN"))
                .start()) {
            return work.applyAsInt(context);
        } catch (RuntimeException e) {
            // the top of the main thread
            return explain(e);
        }
    }

    /** The process may not end before everything is closed. */
    private static void end(CountDownLatch asked, CountDownLatch closed, Duration longest) {
        asked.countDown();
        try {
            if (!closed.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Ending although not all is closed after={}", longest);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int explain(RuntimeException failure) {
        Optional<String> reason = reason(failure);
        reason.ifPresentOrElse(System.err::println, () -> LOG.error("Can't start", failure));
        return reason.isPresent() ? CONFIGURATION : DEFECT;
    }

    /** What is wrong with the configuration, rather than which bean could not be made because of it. */
    static Optional<String> reason(Throwable failure) {
        Optional<String> innermost = Optional.empty();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigurationException || cause instanceof BindException) {
                innermost = Optional.ofNullable(cause.getMessage());
            }
        }
        return innermost;
    }
}
