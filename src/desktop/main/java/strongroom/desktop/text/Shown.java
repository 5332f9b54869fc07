package strongroom.desktop.text;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Sizes, moments and names as people write them. Any thread.
public final class Shown {
    private static final Locale LOCALE = Locale.UK;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", LOCALE);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", LOCALE);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM yyyy", LOCALE);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", LOCALE);

    private Shown() {}

    /// A number of bytes, such as `1.2 MB` (decimal units, as file managers do).
    public static String size(long bytes) {
        if (bytes < 1000) {
            return Text.of("shown.bytes", bytes);
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.5 && unit < 3) {
            value /= 1000;
            unit++;
        }
        String number = String.format(LOCALE, value < 9.95 ? "%.1f" : "%.0f", value);
        return Text.of("shown.unit." + unit, number);
    }

    /// A moment, as short as today allows: `Today 09:14`, `Yesterday 17:02`, `18 Nov`, `3 Nov 2025`.
    public static String when(Instant moment, Clock clock) {
        ZonedDateTime then = moment.atZone(clock.getZone());
        LocalDate today = LocalDate.now(clock);
        LocalDate day = then.toLocalDate();
        if (day.equals(today)) {
            return Text.of("shown.today", TIME.format(then));
        }
        if (day.equals(today.minusDays(1))) {
            return Text.of("shown.yesterday", TIME.format(then));
        }
        return (day.getYear() == today.getYear() ? DAY : DATE).format(then);
    }

    /// A moment in full: `22 November 2026, 21:53`.
    public static String moment(Instant moment, Clock clock) {
        return MOMENT.format(moment.atZone(clock.getZone()));
    }

    /// A length of time, such as `40 s` or `5 min`.
    public static String duration(Duration duration) {
        long seconds = Math.max(1, duration.toSeconds());
        if (seconds < 120) {
            return Text.of("shown.seconds", seconds);
        }
        return seconds < 7200
                ? Text.of("shown.minutes", (seconds + 59) / 60)
                : Text.of("shown.hours", (seconds + 3599) / 3600);
    }

    /// Text of several lines as one line that is safe to draw.
    public static String line(String text) {
        return name(text.replaceAll("\\s", " "));
    }

    /// A path of names that are separated by `/`, safe to draw on one line.
    public static String path(String path) {
        return name(path).replace("/", " › ");
    }

    /// A name safe to draw on one line: control characters and direction overrides, which make `gpj.exe` look like
    /// `exe.jpg`, are replaced.
    public static String name(String name) {
        var safe = new StringBuilder(name.length());
        name.codePoints()
                .forEach(point -> safe.appendCodePoint(
                        Character.isISOControl(point) || Character.getType(point) == Character.FORMAT
                                ? 0xFFFD
                                : point));
        return safe.toString();
    }
}
