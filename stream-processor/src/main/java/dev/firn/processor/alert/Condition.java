package dev.firn.processor.alert;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.pack.Utf8s;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a vehicle by its reports, in the order in which they came: what its state of health was, how hot and how
 * uneven the battery, and the faults of the last day, the newest {@value #MOST_FAULTS} at most.
 */
final class Condition {
    private static final int MOST_FAULTS = 100;
    private static final long FAULTS_KEPT = TimeUnit.HOURS.toMicros(24);
    private static final long MARK_KEPT = TimeUnit.DAYS.toMicros(90);

    private record Fault(Utf8 code, long at) {}

    /** The state of health that others are compared with, and how far below it the vehicle has been told to be. */
    private record Mark(double health, long at, Level told) {}

    private @Nullable Mark mark;
    private Level heat = Level.NONE;
    private Level spread = Level.NONE;
    private final Deque<Fault> faults = new ArrayDeque<>();

    /** Takes in a report; what it is that has become worse by it. */
    List<Alert> take(Report report) {
        List<Alert> raised = new ArrayList<>();
        takeHealth(report, raised);
        heat = level(Scale.HOT_PACK, report.celsius(), heat, "battery at " + plain(report.celsius()) + " °C", raised);
        if (report.spread() != null) {
            String evidence = plain(report.spread()) + " V between the blocks of cells";
            spread = level(Scale.CELL_SPREAD, report.spread(), spread, evidence, raised);
        }
        new LinkedHashSet<>(report.faults()).forEach(code -> takeFault(code, report.at(), raised));
        return raised;
    }

    private static Level level(Scale scale, double measured, Level before, String evidence, List<Alert> raised) {
        Level now = scale.of(measured);
        if (now.compareTo(before) > 0) {
            raised.add(new Alert(scale, now, measured, evidence, null));
        }
        return now;
    }

    private void takeHealth(Report report, List<Alert> raised) {
        if (mark == null || report.health() >= mark.health || report.at() > mark.at + MARK_KEPT) {
            mark = new Mark(report.health(), report.at(), Level.NONE);
            return;
        }
        BigDecimal lost = BigDecimal.valueOf(mark.health).subtract(BigDecimal.valueOf(report.health()));
        Level now = Scale.FALLING_HEALTH.of(lost.doubleValue());
        if (now.compareTo(mark.told) > 0) {
            String evidence = "state of health " + plain(report.health()) + " % after " + plain(mark.health) + " % on "
                    + date(mark.at);
            raised.add(new Alert(Scale.FALLING_HEALTH, now, lost.doubleValue(), evidence, null));
            mark = new Mark(mark.health, mark.at, now);
        }
    }

    private void takeFault(Utf8 code, long at, List<Alert> raised) {
        faults.removeIf(fault -> fault.at <= at - FAULTS_KEPT);
        long before = faults.stream().filter(fault -> fault.code.equals(code)).count();
        Level now = Scale.REPEATED_FAULT.of(before + 1.0);
        if (now.compareTo(Scale.REPEATED_FAULT.of((double) before)) > 0) {
            String evidence = code + " in " + (before + 1) + " reports of the last 24 hours";
            raised.add(new Alert(Scale.REPEATED_FAULT, now, before + 1.0, evidence, code));
        }
        faults.add(new Fault(code, at));
        if (faults.size() > MOST_FAULTS) {
            faults.remove();
        }
    }

    private static LocalDate date(long micros) {
        return LocalDate.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), ZoneOffset.UTC);
    }

    /** Without zeros behind. */
    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    byte[] pack(Packer out) {
        Mark health = mark == null ? new Mark(0, Long.MIN_VALUE, Level.NONE) : mark;
        out.reset()
                .putSortable(Double.doubleToLongBits(health.health))
                .putSortable(health.at)
                .putByte(health.told.code())
                .putByte(heat.code())
                .putByte(spread.code());
        for (Fault fault : faults) {
            Utf8s.put(fault.code, out);
            out.putLong(fault.at);
        }
        return out.toBytes();
    }

    static Condition unpack(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        Condition condition = new Condition();
        condition.mark = new Mark(Double.longBitsToDouble(in.takeSortable()), in.takeSortable(), level(in));
        condition.heat = level(in);
        condition.spread = level(in);
        while (in.hasMore()) {
            condition.faults.add(new Fault(Utf8s.take(in), in.takeLong()));
        }
        return condition;
    }

    private static Level level(Unpacker in) {
        return Level.of(in.takeByte());
    }
}
