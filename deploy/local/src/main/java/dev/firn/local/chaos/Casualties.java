package dev.firn.local.chaos;

import dev.firn.local.display.Grid;
import dev.firn.local.supervise.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What happened in a chaos run, counted. For one thread. */
final class Casualties {
    private final Map<String, Map<Role, Integer>> strikes = new TreeMap<>();
    private final Map<String, Integer> ends = new TreeMap<>();

    void count(Strike strike) {
        strikes.computeIfAbsent(strike.harm().label(), label -> new TreeMap<>())
                .merge(strike.target(), 1, Integer::sum);
    }

    /** One that ended although nobody killed it. */
    void count(Role ended, int exit) {
        ends.merge(ended.label() + " (exit code " + exit + ")", 1, Integer::sum);
    }

    /** Faults by kind and target, and what ended by itself. */
    List<String> lines() {
        var targets = Victims.all();
        var grid = new Grid(heading(targets));
        strikes.forEach((label, byTarget) -> grid.row(row(label, byTarget, targets)));
        var lines = new ArrayList<>(grid.lines());
        ends.forEach((what, times) ->
                lines.add("ended by itself, and was started again: %s, %d times".formatted(what, times)));
        return lines;
    }

    private static String[] heading(List<Role> targets) {
        return Stream.concat(Stream.of("fault"), targets.stream().map(Role::label))
                .toArray(String[]::new);
    }

    private static String[] row(String label, Map<Role, Integer> byTarget, List<Role> targets) {
        return Stream.concat(
                        Stream.of(label),
                        targets.stream().map(target -> byTarget.containsKey(target) ? "" + byTarget.get(target) : ""))
                .toArray(String[]::new);
    }
}
