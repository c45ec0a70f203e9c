package dev.firn.generator.disturb;

import dev.firn.generator.chance.Dice;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is done to a record in the Confluent wire format so that nobody can read it. */
public enum Damage {
    /** No value at all. */
    NULL_VALUE,
    /** Anything, not begun by the magic byte. */
    RANDOM_BYTES,
    /** The record, begun by another byte. */
    WRONG_MAGIC,
    /** Less than a header. */
    TOO_SHORT,
    /** The record, of a schema that no registry holds. */
    UNKNOWN_SCHEMA,
    /** The record, cut somewhere in its body. Every strict prefix ends before its last field does. */
    TRUNCATED,
    /** A good header, and a body begun by a string of negative length. */
    GARBAGE,
    /** The record, followed by more. */
    TRAILING;

    /** Registries count up from 1 and do not get here. */
    public static final int UNKNOWN_SCHEMA_ID = 2_000_000_000;

    private static final int HEADER = 5;

    /** The damaged value. The intact one stays as it is. */
    public byte @Nullable [] of(byte[] intact, Dice dice) {
        return switch (this) {
            case NULL_VALUE -> null;
            case RANDOM_BYTES -> begunBy(dice.bytes(dice.between(HEADER, 300)), notZero(dice));
            case WRONG_MAGIC -> begunBy(intact.clone(), notZero(dice));
            case TOO_SHORT -> Arrays.copyOf(intact, dice.between(0, HEADER - 1));
            case UNKNOWN_SCHEMA ->
                ByteBuffer.wrap(intact.clone()).putInt(1, UNKNOWN_SCHEMA_ID).array();
            case TRUNCATED -> Arrays.copyOf(intact, dice.between(HEADER, intact.length - 1));
            case GARBAGE -> garbage(intact, dice);
            case TRAILING -> Arrays.copyOf(intact, intact.length + dice.between(1, 40));
        };
    }

    private static byte[] garbage(byte[] intact, Dice dice) {
        byte[] bytes = dice.bytes(dice.between(HEADER + 1, 300));
        System.arraycopy(intact, 0, bytes, 0, HEADER);
        // zigzag for -1: the first field of every raw contract is a string
        bytes[HEADER] = 1;
        return bytes;
    }

    private static byte[] begunBy(byte[] bytes, byte first) {
        bytes[0] = first;
        return bytes;
    }

    private static byte notZero(Dice dice) {
        return (byte) dice.between(1, 255);
    }
}
