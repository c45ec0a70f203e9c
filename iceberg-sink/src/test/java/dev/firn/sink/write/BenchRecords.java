package dev.firn.sink.write;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Records as a web shop's would be, in two shapes: keys that are never the same twice, names out of few, and numbers. */
public enum BenchRecords {
    /** 26 fields in about 341 bytes. */
    FLAT("""
            {"type":"record","name":"Flat","fields":[
              {"name":"event_id","type":"string"},
              {"name":"event_type","type":"string"},
              {"name":"event_time","type":{"type":"long","logicalType":"timestamp-micros"}},
              {"name":"session_id","type":"string"},
              {"name":"customer_id","type":["null","string"]},
              {"name":"anonymous_id","type":"string"},
              {"name":"country","type":"string"},
              {"name":"region","type":"string"},
              {"name":"city","type":"string"},
              {"name":"latitude","type":"double"},
              {"name":"longitude","type":"double"},
              {"name":"ip","type":"string"},
              {"name":"device_type","type":"string"},
              {"name":"os","type":"string"},
              {"name":"browser","type":"string"},
              {"name":"browser_version","type":"string"},
              {"name":"is_bot","type":"boolean"},
              {"name":"url","type":"string"},
              {"name":"title","type":"string"},
              {"name":"referrer","type":["null","string"]},
              {"name":"dwell_ms","type":"int"},
              {"name":"scroll_percent","type":"int"},
              {"name":"clicks","type":"int"},
              {"name":"product_id","type":["null","string"]},
              {"name":"price","type":["null",{"type":"bytes","logicalType":"decimal","precision":12,"scale":2}]},
              {"name":"currency","type":["null","string"]}]}""") {
        @Override
        GenericRecord next(Source source, int i) {
            GenericRecord record = new GenericData.Record(schema());
            boolean known = source.chance(60);
            boolean product = source.chance(50);
            Object[] values = {
                source.uuid(),
                source.oneOf("page_view", "product_view", "search", "add_to_cart", "checkout", "purchase"),
                1_767_225_600_000_000L + i * 20_011L + source.below(5_000),
                source.session(i),
                known ? source.customer() : null,
                source.session(i).substring(18),
                source.oneOf("DE", "FR", "US", "JP", "BR", "SE"),
                "Region " + source.below(60),
                source.city(),
                source.coordinate(90),
                source.coordinate(180),
                source.ip(),
                source.oneOf("desktop", "mobile", "tablet"),
                source.oneOf("Windows 11", "macOS 15", "Android 16", "iOS 19"),
                source.oneOf("Chrome", "Firefox", "Safari", "Edge"),
                source.below(40) + ".0." + source.below(9),
                source.chance(3),
                source.url(),
                source.title(),
                source.chance(30) ? "https://search.example/q=" + source.below(400) : null,
                source.below(120_000),
                source.below(101),
                source.below(30),
                product ? source.product() : null,
                product ? source.price() : null,
                product ? source.oneOf("EUR", "USD", "JPY") : null
            };
            IntStream.range(0, values.length).forEach(field -> record.put(field, values[field]));
            return record;
        }
    },

    /** 24 leaves, in records, a list and a map, in about 400 bytes. */
    NESTED("""
            {"type":"record","name":"Nested","fields":[
              {"name":"event_id","type":"string"},
              {"name":"event_type","type":"string"},
              {"name":"event_time","type":{"type":"long","logicalType":"timestamp-micros"}},
              {"name":"session","type":{"type":"record","name":"Session","fields":[
                {"name":"id","type":"string"},
                {"name":"started_at","type":{"type":"long","logicalType":"timestamp-micros"}},
                {"name":"entry_path","type":"string"},
                {"name":"campaign","type":["null","string"]}]}},
              {"name":"user","type":{"type":"record","name":"User","fields":[
                {"name":"customer_id","type":["null","string"]},
                {"name":"anonymous_id","type":"string"}]}},
              {"name":"agent","type":{"type":"record","name":"Agent","fields":[
                {"name":"browser","type":"string"},
                {"name":"os","type":"string"},
                {"name":"is_bot","type":"boolean"}]}},
              {"name":"page","type":{"type":"record","name":"Page","fields":[
                {"name":"url","type":"string"},
                {"name":"title","type":"string"}]}},
              {"name":"location","type":{"type":"record","name":"Location","fields":[
                {"name":"country","type":"string"},
                {"name":"city","type":"string"},
                {"name":"latitude","type":"double"},
                {"name":"longitude","type":"double"}]}},
              {"name":"product","type":["null",{"type":"record","name":"Product","fields":[
                {"name":"product_id","type":"string"},
                {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":12,"scale":2}},
                {"name":"currency","type":"string"}]}]},
              {"name":"experiments","type":{"type":"map","values":"string"}},
              {"name":"tags","type":{"type":"array","items":"string"}}]}""") {
        @Override
        GenericRecord next(Source source, int i) {
            GenericRecord record = new GenericData.Record(schema());
            long at = 1_767_225_600_000_000L + i * 20_011L;
            record.put("event_id", source.uuid());
            record.put("event_type", source.oneOf("page_view", "product_view", "search", "add_to_cart", "purchase"));
            record.put("event_time", at + source.below(5_000));
            String campaign = source.chance(20) ? "campaign-" + source.below(12) : null;
            record.put("session", part("session", source.session(i), at / 60_000_000 * 60_000_000, "/home", campaign));
            String customer = source.chance(60) ? source.customer() : null;
            record.put("user", part("user", customer, source.session(i).substring(18)));
            record.put("agent", part("agent", source.oneOf("Chrome", "Firefox", "Safari"), "Linux", source.chance(3)));
            record.put("page", part("page", source.url(), source.title()));
            record.put(
                    "location",
                    part(
                            "location",
                            source.oneOf("DE", "FR", "US"),
                            source.city(),
                            source.coordinate(90),
                            source.coordinate(180)));
            record.put("product", source.chance(70) ? part("product", source.product(), source.price(), "EUR") : null);
            record.put("experiments", experiments(source));
            record.put("tags", tags(source));
            return record;
        }
    };

    private static final long DAY_MICROS = 86_400_000_000L;

    @SuppressWarnings("ImmutableEnumChecker") // nobody changes it once it is parsed
    private final Schema schema;

    BenchRecords(String schema) {
        this.schema = new Schema.Parser().parse(schema);
    }

    public Schema schema() {
        return schema;
    }

    /** So many records, the same ones every time, each a datum in Avro's binary form. */
    List<byte[]> data(int count) {
        return data().limit(count).toList();
    }

    private Stream<byte[]> data() {
        Source source = new Source();
        return IntStream.iterate(0, i -> i + 1).mapToObj(i -> Sandbox.datum(schema, next(source, i), false));
    }

    /** The same without an end, each as a record's value by a registered schema. */
    public Stream<byte[]> framed(int schemaId) {
        return data().map(datum -> Sandbox.framed(schemaId, datum));
    }

    /** The flat schema of a table that has a partition for each day. */
    public static Schema byDay() {
        return new Schema.Parser()
                .parse(FLAT.schema.toString().replaceFirst("\\{", "{\"firn.partition-by\":[\"day(event_time)\"],"));
    }

    /** Flat records without an end, each of another day than the one before it, until they begin with the first day again. */
    public static Stream<byte[]> framedByDay(int schemaId, int days) {
        Schema schema = byDay();
        Source source = new Source();
        return IntStream.iterate(0, i -> i + 1).mapToObj(i -> {
            GenericRecord record = FLAT.next(source, i);
            record.put("event_time", (long) record.get("event_time") + i % days * DAY_MICROS);
            return Sandbox.framed(schemaId, Sandbox.datum(schema, record, false));
        });
    }

    abstract GenericRecord next(Source source, int i);

    GenericRecord part(String field, @Nullable Object... values) {
        Schema type = schema.getField(field).schema();
        GenericRecord part = new GenericData.Record(
                type.getType() == Schema.Type.UNION ? type.getTypes().get(1) : type);
        IntStream.range(0, values.length).forEach(i -> part.put(i, values[i]));
        return part;
    }

    private static Map<String, String> experiments(Source source) {
        Map<String, String> experiments = new HashMap<>();
        for (int i = source.below(4); i > 0; i--) {
            experiments.put("experiment-" + source.below(20), source.oneOf("control", "variant-a", "variant-b"));
        }
        return experiments;
    }

    private static List<String> tags(Source source) {
        return IntStream.range(0, source.below(5))
                .mapToObj(i -> "tag-" + source.below(50))
                .toList();
    }

    /** Of values. */
    static final class Source {
        private final SplittableRandom random = new SplittableRandom(7);

        int below(int bound) {
            return random.nextInt(bound);
        }

        boolean chance(int percent) {
            return below(100) < percent;
        }

        String oneOf(String... values) {
            return values[below(values.length)];
        }

        String uuid() {
            return new UUID(random.nextLong(), random.nextLong()).toString();
        }

        /** The id of one of the sessions that are open at a time. */
        String session(int i) {
            long number = i / 2_000 * 500L + below(500);
            return new UUID(number * 0x9E3779B97F4A7C15L, number * 0xC2B2AE3D27D4EB4FL).toString();
        }

        String customer() {
            return String.format("C-%08d", (int) (Math.pow(random.nextDouble(), 3) * 50_000));
        }

        String product() {
            return "P-" + (1000 + below(120));
        }

        String city() {
            return "City of " + below(800);
        }

        double coordinate(int bound) {
            return Math.rint((random.nextDouble() * 2 - 1) * bound * 10_000) / 10_000;
        }

        String ip() {
            return "10." + below(256) + "." + below(256) + "." + below(256);
        }

        String url() {
            return "https://shop.example/vehicles/" + product() + "?page=" + below(30);
        }

        String title() {
            return "All about product number " + below(120);
        }

        ByteBuffer price() {
            return ByteBuffer.wrap(
                    BigInteger.valueOf(100L * (20 + below(60_000)) - 1).toByteArray());
        }
    }
}
