package dev.firn.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** CPU time that a Java process has taken so far. Where the operating system does not tell by thread, all is work.
 *
 * @param compiling of the threads that compile
 * @param collecting of those that collect garbage
 */
record CpuTime(Duration whole, Duration compiling, Duration collecting) {
    static final CpuTime NONE = new CpuTime(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private static final long MILLIS_PER_TICK = 10;
    /** Of what follows a thread's name, in proc(5). */
    private static final int USER = 11;

    static CpuTime of(ProcessHandle process) {
        CpuTime time = new CpuTime(process.info().totalCpuDuration().orElseThrow(), Duration.ZERO, Duration.ZERO);
        Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
        if (!Files.isDirectory(threads)) {
            return time;
        }
        try (DirectoryStream<Path> each = Files.newDirectoryStream(threads)) {
            for (Path thread : each) {
                time = time.with(thread.resolve("stat"));
            }
            return time;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CpuTime with(Path stat) throws IOException {
        String line;
        try {
            line = Files.readString(stat);
        } catch (NoSuchFileException e) {
            return this;
        }
        String name = line.substring(line.indexOf('(') + 1, line.lastIndexOf(')'));
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[USER]) + Long.parseLong(fields[USER + 1]);
        Duration time = Duration.ofMillis(ticks * MILLIS_PER_TICK);
        if (name.matches("C[12] Compiler.*")) {
            return new CpuTime(whole, compiling.plus(time), collecting);
        }
        boolean collects = name.matches("VM Thread|GC Thread.*|G1 .*|[XZ](Driver|Worker|Director|Stat).*");
        return collects ? new CpuTime(whole, compiling, collecting.plus(time)) : this;
    }

    CpuTime minus(CpuTime other) {
        return new CpuTime(
                whole.minus(other.whole), compiling.minus(other.compiling), collecting.minus(other.collecting));
    }

    Duration work() {
        return whole.minus(compiling).minus(collecting);
    }

    /** Seconds for a million, as columns: all, compiling, collecting, the rest. */
    String perMillion(long records) {
        return String.format(
                Locale.ROOT,
                "%10.1f %10.1f %10.1f %10.1f",
                perMillion(whole, records),
                perMillion(compiling, records),
                perMillion(collecting, records),
                perMillion(work(), records));
    }

    static double perMillion(Duration cpu, long records) {
        return cpu.toMillis() * 1e3 / records;
    }
}
