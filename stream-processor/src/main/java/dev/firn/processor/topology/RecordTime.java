package dev.firn.processor.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The time that Kafka has of the record, for Kafka Streams' own purposes, such as the age of internal records. Event time is
 * in the value, and kept apart: it may be long past, and nothing may expire by it but what the topologies expire themselves.
 */
final class RecordTime implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(0, record.timestamp());
    }
}
