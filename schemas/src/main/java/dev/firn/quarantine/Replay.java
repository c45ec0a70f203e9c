package dev.firn.quarantine;

/**
 * How a record comes back from quarantine: to whoever rejected it, and to nobody else, through a topic that only they read.
 * It carries where it first stood, and Kafka's timestamp of its return.
 */
public final class Replay {
    /** Header with the first coordinates, {@code TOPIC-PARTITION-OFFSET}. */
    public static final String HEADER = "firn-replay";

    private static final String TO_PROCESSOR = "firn-processor.retry.";
    private static final String TO_SINK = "firn-sink.retry.";

    private Replay() {}

    /** Where the processor reads records of a topic again. */
    public static String processorTopic(String topic) {
        return TO_PROCESSOR + topic;
    }

    /** Where the sink reads records for a table again. */
    public static String sinkTopic(String table) {
        return TO_SINK + table;
    }

    /** Whether it holds records that have come back. */
    public static boolean isRetry(String topic) {
        return topic.startsWith(TO_PROCESSOR) || topic.startsWith(TO_SINK);
    }

    /** The topic of such coordinates. */
    public static String topicOf(String coordinates) {
        int offset = coordinates.lastIndexOf('-');
        return coordinates.substring(0, coordinates.lastIndexOf('-', offset - 1));
    }
}
