package dev.firn.local.up;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as {@code 90s}, {@code 5m} or {@code 2h}. */
public final class Span implements ITypeConverter<Duration> {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})([smh])");

    @Override
    public Duration convert(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is not a time such as 60s, 5m or 2h");
        }
        return Duration.parse("PT" + matcher.group(1) + matcher.group(2));
    }
}
