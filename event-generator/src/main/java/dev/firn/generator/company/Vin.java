package dev.firn.generator.company;

/** Vehicle identification numbers as in ISO 3779: 17 characters, the ninth a check digit over all others. */
final class Vin {
    private static final String DIGITS = "0123456789X";
    /** Values of the letters A to Z; I, O and Q don't occur. */
    private static final String LETTERS = "12345678" + "0" + "12345" + "0" + "7" + "0" + "9" + "23456789";

    private static final int[] WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    private static final int CHECK = 8;
    private static final int SERIALS = 1_000_000;

    private Vin() {}

    /** Of the vehicle with this number; another one for every number. */
    static String of(long number) {
        String serial = Long.toString(SERIALS + number % SERIALS).substring(1);
        String batch = Long.toString(100 + number / SERIALS % 100).substring(1);
        StringBuilder vin = new StringBuilder("FMV" + "E" + batch + "EV" + "0" + "TA" + serial);
        vin.setCharAt(CHECK, check(vin));
        return vin.toString();
    }

    static char check(CharSequence vin) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * value(vin.charAt(i));
        }
        return DIGITS.charAt(sum % DIGITS.length());
    }

    private static int value(char c) {
        return c <= '9' ? c - '0' : LETTERS.charAt(c - 'A') - '0';
    }
}
