package dev.firn.processor.picture;

/** Collects shapes, and how much room they take. */
final class Svg {
    private static final int TEXT = 12;

    private final StringBuilder shapes = new StringBuilder();
    private int width;
    private int height;

    void box(Box box) {
        boolean topic = box.kind() == Box.Kind.TOPIC;
        shapes.append("<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>%n"
                .formatted(
                        topic ? "topic" : "processor",
                        box.x(),
                        box.y(),
                        Box.WIDTH,
                        Box.HEIGHT,
                        topic ? Box.HEIGHT / 2 : 4));
        int middle = box.y() + Box.HEIGHT / 2 + TEXT / 3;
        if (box.stores().isEmpty()) {
            text("", box.name(), box.x() + Box.WIDTH / 2, middle);
        } else {
            text("", box.name(), box.x() + Box.WIDTH / 2, middle - TEXT / 2);
            text("store", String.join(", ", box.stores()), box.x() + Box.WIDTH / 2, middle + TEXT);
        }
        width = Math.max(width, box.x() + Box.WIDTH);
        height = Math.max(height, box.y() + Box.HEIGHT);
    }

    void line(Box from, Box to) {
        int x1 = from.x() + Box.WIDTH;
        int y1 = from.y() + Box.HEIGHT / 2;
        int y2 = to.y() + Box.HEIGHT / 2;
        int bend = (to.x() - x1) / 2;
        shapes.append("<path d=\"M%d %d C%d %d %d %d %d %d\" marker-end=\"url(#arrow)\"/>%n"
                .formatted(x1, y1, x1 + bend, y1, to.x() - bend, y2, to.x() - 6, y2));
    }

    void caption(String text, int x, int y) {
        shapes.append("<text class=\"caption\" x=\"%d\" y=\"%d\">%s</text>%n".formatted(x, y + TEXT, escaped(text)));
    }

    private void text(String style, String text, int x, int y) {
        shapes.append(
                "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n".formatted("label " + style, x, y, escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    String finish() {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">
                <title>Topology of the stream processor</title>
                <style>
                  rect { stroke: #456; fill: #fff; } rect.topic { fill: #e6f0fa; }
                  path { stroke: #789; fill: none; }
                  text { font: 12px sans-serif; fill: #123; } .label { text-anchor: middle; }
                  .store { font-size: 9px; fill: #567; } .caption { fill: #789; }
                </style>
                <defs><marker id="arrow" viewBox="0 0 8 8" refX="2" refY="4" markerWidth="6" markerHeight="6" \
                orient="auto"><polygon points="0,0 8,4 0,8" fill="#789"/></marker></defs>
                %s</svg>
                """.formatted(width + 24, height + 24, width + 24, height + 24, shapes);
    }
}
