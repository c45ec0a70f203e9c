package dev.firn.local.display;

import java.io.PrintStream;
import java.util.List;

/** What goes on now stays at the bottom, drawn again in its place. */
final class TerminalDisplay implements Display {
    private static final String ESCAPE = "\u001b[";
    private static final String CLEAR_BELOW = "\r" + ESCAPE + "J";

    private final PrintStream out;
    private List<String> shown = List.of();

    TerminalDisplay(PrintStream out) {
        this.out = out;
    }

    @Override
    public void say(String line) {
        var below = shown;
        now(List.of());
        out.println(line);
        now(below);
    }

    @Override
    public void now(List<String> lines) {
        var text = new StringBuilder();
        if (!shown.isEmpty()) {
            // so many lines up
            text.append(ESCAPE).append(shown.size()).append('A');
        }
        text.append(CLEAR_BELOW);
        lines.forEach(line -> text.append(line).append(System.lineSeparator()));
        out.print(text);
        out.flush();
        shown = List.copyOf(lines);
    }
}
