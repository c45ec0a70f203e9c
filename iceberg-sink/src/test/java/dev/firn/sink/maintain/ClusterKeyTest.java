package dev.firn.sink.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

class ClusterKeyTest {
    private final long seed = Long.getLong("cluster.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void shouldOrderBytesAsValuesAreOrdered() {
        requireOrder(Types.BooleanType.get(), numbers -> numbers.nextBoolean());
        requireOrder(Types.IntegerType.get(), numbers -> (int) scaled(numbers));
        requireOrder(Types.DateType.get(), numbers -> (int) scaled(numbers));
        requireOrder(Types.LongType.get(), ClusterKeyTest::scaled);
        requireOrder(Types.TimestampType.withZone(), ClusterKeyTest::scaled);
        requireOrder(Types.FloatType.get(), numbers -> Float.intBitsToFloat((int) scaled(numbers)));
        requireOrder(Types.DoubleType.get(), numbers -> Double.longBitsToDouble(scaled(numbers)));
        requireOrder(
                Types.DecimalType.of(38, 4),
                numbers -> new BigDecimal(BigInteger.valueOf(scaled(numbers)).multiply(BigInteger.TEN.pow(19)), 4));
        requireOrder(Types.StringType.get(), ClusterKeyTest::text);
    }

    private void requireOrder(Type.PrimitiveType type, Function<SplittableRandom, Object> values) {
        Comparator<Object> order = Comparators.forType(type);
        for (int i = 0; i < 1_000; i++) {
            Object one = values.apply(random);
            Object other = values.apply(random);
            int bytes = Arrays.compareUnsigned(OrderedBytes.of(type, one), OrderedBytes.of(type, other));
            assertThat(Integer.signum(bytes))
                    .as("%s %s %s, seed %d", type, one, other, seed)
                    .isEqualTo(Integer.signum(order.compare(one, other)));
        }
    }

    /** Small and large, on both sides of zero. */
    private static long scaled(SplittableRandom random) {
        return random.nextLong() >> random.nextInt(Long.SIZE);
    }

    /** Up to what is looked at of texts, of characters of one to four bytes. */
    private static String text(SplittableRandom random) {
        int[] characters = random.ints(random.nextInt(7), 0, 4)
                .map(kind -> new int[] {'a', 'é', '語', 0x1F600}[kind] + random.nextInt(3))
                .toArray();
        return new String(characters, 0, characters.length);
    }

    @Test
    void shouldLetBitsTakeTurnsFromWhereTheyDiffer() {
        assertThat(ClusterKey.interleaved(List.of(bytes(0b11110000), bytes(0b00001111)), new int[] {0, 0}))
                .isEqualTo(bytes(0b10101010, 0b01010101));
        assertThat(ClusterKey.interleaved(List.of(bytes(0b11110000), bytes(0, 0b11111111)), new int[] {0, 8}))
                .isEqualTo(bytes(0b11111111, 0b01010101));
        assertThat(ClusterKey.interleaved(List.of(bytes(0b10000000), bytes(0b10000000, 0b11111111)), new int[] {0, 0}))
                .isEqualTo(bytes(0b11000000, 0, 0b11111111));
    }

    @Test
    void shouldNeverComeFirstWhereNoColumnDoes() {
        for (int i = 0; i < 1_000; i++) {
            byte[][] less = {bytes(random.nextInt(256), random.nextInt(256)), bytes(random.nextInt(256))};
            byte[][] more = {less[0].clone(), less[1].clone()};
            more[0][1] |= (byte) random.nextInt(256);
            more[1][0] |= (byte) random.nextInt(256);
            byte[] one = ClusterKey.interleaved(List.of(less), new int[] {0, 0});
            byte[] other = ClusterKey.interleaved(List.of(more), new int[] {0, 0});
            assertThat(Arrays.compareUnsigned(one, other)).as("seed %d", seed).isNotPositive();
        }
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
