package strongroom.desktop.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;

/// The words of the window, by key. Any thread.
public final class Text {
    private static final Properties MESSAGES = load();

    private Text() {}

    /// The text of a key, with `{0}`, `{1}` … replaced.
    ///
    /// @throws IllegalArgumentException if there is no such key, which a test rules out
    public static String of(String key, Object... arguments) {
        String pattern = MESSAGES.getProperty(key);
        if (pattern == null) {
            throw new IllegalArgumentException("no text for the key " + key);
        }
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, Locale.ENGLISH).format(arguments);
    }

    private static Properties load() {
        try (InputStream in = Text.class.getResourceAsStream("/strongroom/desktop/text/messages.properties")) {
            if (in == null) {
                throw new IllegalStateException("messages.properties is not in the program");
            }
            var properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
