package dev.firn.processor.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.TopologyDescription;

/** Draws a topology as SVG: a band for each subtopology, data from left to right, stores named in what uses them. */
public final class Picture {
    private static final int COLUMN = 250;
    private static final int ROW = 64;
    private static final int MARGIN = 24;

    private final Svg svg = new Svg();
    private int bottom = MARGIN;

    private Picture() {}

    public static String of(TopologyDescription topology) {
        Picture picture = new Picture();
        topology.globalStores().stream()
                .sorted((a, b) -> a.source().name().compareTo(b.source().name()))
                .forEach(picture::draw);
        topology.subtopologies().stream()
                .sorted((a, b) -> Integer.compare(a.id(), b.id()))
                .forEach(picture::draw);
        return picture.svg.finish();
    }

    private void draw(TopologyDescription.GlobalStore store) {
        Box topic = new Box(String.join(", ", store.source().topicSet()), Box.Kind.TOPIC, MARGIN, bottom);
        Box processor = new Box(store.processor().name(), Box.Kind.PROCESSOR, MARGIN + COLUMN, bottom)
                .with(store.processor().stores());
        svg.line(topic, processor);
        svg.box(topic);
        svg.box(processor);
        bottom += ROW;
    }

    private void draw(TopologyDescription.Subtopology subtopology) {
        svg.caption("subtopology " + subtopology.id(), MARGIN, bottom);
        bottom += MARGIN;
        Map<TopologyDescription.Node, Integer> columns = columns(subtopology);
        Map<Integer, Integer> rows = new HashMap<>();
        Map<TopologyDescription.Node, Box> boxes = new LinkedHashMap<>();
        for (TopologyDescription.Node node : sorted(subtopology)) {
            int column = columns.getOrDefault(node, 0);
            int row = rows.merge(column, 1, Integer::sum) - 1;
            boxes.put(node, box(node, MARGIN + column * COLUMN, bottom + row * ROW));
        }
        boxes.forEach((node, box) -> node.successors().stream().map(boxes::get).forEach(next -> svg.line(box, next)));
        boxes.values().forEach(svg::box);
        bottom += rows.values().stream().mapToInt(Integer::intValue).max().orElse(0) * ROW + MARGIN;
    }

    private static List<TopologyDescription.Node> sorted(TopologyDescription.Subtopology subtopology) {
        List<TopologyDescription.Node> nodes = new ArrayList<>(subtopology.nodes());
        nodes.sort((a, b) -> a.name().compareTo(b.name()));
        return nodes;
    }

    /** The longest way from a source. */
    private static Map<TopologyDescription.Node, Integer> columns(TopologyDescription.Subtopology subtopology) {
        Map<TopologyDescription.Node, Integer> columns = new HashMap<>();
        subtopology.nodes().stream()
                .filter(node -> node.predecessors().isEmpty())
                .forEach(source -> place(source, 0, columns));
        return columns;
    }

    private static void place(
            TopologyDescription.Node node, int column, Map<TopologyDescription.Node, Integer> columns) {
        if (columns.merge(node, column, Math::max) == column) {
            node.successors().forEach(next -> place(next, column + 1, columns));
        }
    }

    private static Box box(TopologyDescription.Node node, int x, int y) {
        if (node instanceof TopologyDescription.Source source) {
            return new Box(String.join(", ", source.topicSet()), Box.Kind.TOPIC, x, y);
        }
        if (node instanceof TopologyDescription.Sink sink) {
            return new Box(String.valueOf(sink.topic()), Box.Kind.TOPIC, x, y);
        }
        Box box = new Box(node.name(), Box.Kind.PROCESSOR, x, y);
        return node instanceof TopologyDescription.Processor processor ? box.with(processor.stores()) : box;
    }
}
