package dev.firn.serde;

import dev.firn.config.Closest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/** The usual strategies, by the names that configurations give them. */
public enum SubjectNames implements SubjectName {
    /** {@code raw.activity-value}: a topic holds versions of one schema. */
    TOPIC("TopicNameStrategy") {
        @Override
        public String of(String topic, boolean isKey, Schema schema) {
            return topic + (isKey ? "-key" : "-value");
        }
    },
    /** {@code dev.firn.Activity}: a record's schema evolves the same way in all topics. */
    RECORD("RecordNameStrategy") {
        @Override
        public String of(String topic, boolean isKey, Schema schema) {
            return schema.getFullName();
        }
    },
    /** {@code raw.activity-dev.firn.Activity}: a topic holds several kinds of records. */
    TOPIC_RECORD("TopicRecordNameStrategy") {
        @Override
        public String of(String topic, boolean isKey, Schema schema) {
            return topic + "-" + schema.getFullName();
        }
    };

    private final String confluentClass;

    SubjectNames(String confluentClass) {
        this.confluentClass = confluentClass;
    }

    /** By our name, {@code topic-record}, or by that of Confluent's class.
     *
     * @throws ConfigException if it is neither
     */
    static SubjectName parse(String key, String text) {
        String simple = text.substring(text.lastIndexOf('.') + 1);
        return Arrays.stream(values())
                .filter(strategy -> strategy.text().equals(text) || strategy.confluentClass.equals(simple))
                .findFirst()
                .orElseThrow(() -> new ConfigException(
                        key + ": no subject name strategy is called '" + text + "'" + Closest.hint(text, texts())));
    }

    private String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> texts() {
        return Arrays.stream(values()).map(SubjectNames::text).toList();
    }
}
