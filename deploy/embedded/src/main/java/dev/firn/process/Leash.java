package dev.firn.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * The main class in front of a child's own: {@code Leash MAIN-CLASS ARGUMENTS…} runs it, and ends the process when standard
 * input ends. The parent holds the other end of that pipe, so that the operating system ends the child even where the parent
 * was killed and could not.
 *
 * <p>It needs nothing but the JDK, so that it can stand in front of a program with other libraries than ours.
 */
public final class Leash {
    private static final Duration ORDERLY_END = Duration.ofSeconds(8);
    private static final int PARENT_GONE = 143;

    private Leash() {}

    @SuppressWarnings("SystemExitOutsideMain") // a call that takes the place of main
    public static void main(String[] args) throws Throwable {
        daemon("leash", Leash::endWithStandardInput);
        var main = Class.forName(args[0]).getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /**
     * Writes this class into a folder, for the class path of a child that doesn't have our jar on it.
     *
     * @return the folder
     */
    static Path installIn(Path folder) throws IOException {
        var name = "/" + Leash.class.getName().replace('.', '/') + ".class";
        var file = folder.resolve(name.substring(1));
        Files.createDirectories(file.getParent());
        try (InputStream code = Leash.class.getResourceAsStream(name)) {
            if (code == null) {
                throw new IOException("no code of " + name);
            }
            Files.write(file, code.readAllBytes());
        }
        return folder;
    }

    @SuppressWarnings("SystemExitOutsideMain") // ending the process is what it is for
    private static void endWithStandardInput() {
        try {
            while (System.in.read() >= 0) {
                // whatever comes in says that the parent lives
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            daemon("leash-halt", Leash::haltSoon);
            System.exit(PARENT_GONE);
        }
    }

    private static void haltSoon() {
        try {
            Thread.sleep(ORDERLY_END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(PARENT_GONE);
    }

    private static void daemon(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
