package dev.firn.processor.mask;

/** A text's shape: every letter and digit becomes {@code *}, everything else stays. */
final class Shape {
    private Shape() {}

    static String of(String text) {
        StringBuilder shape = new StringBuilder(text.length());
        text.codePoints().forEach(c -> shape.appendCodePoint(Character.isLetterOrDigit(c) ? '*' : c));
        return shape.toString();
    }
}
