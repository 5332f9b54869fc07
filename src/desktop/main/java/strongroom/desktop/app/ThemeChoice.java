package strongroom.desktop.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import javafx.application.ColorScheme;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The user's choice between light and dark, kept between starts in a small file that tells nothing of the vault.
/// A choice that cannot be read is none: the window then looks as the desktop does. Any thread.
public final class ThemeChoice {
    private static final Logger LOG = LoggerFactory.getLogger(ThemeChoice.class);
    private static final String KEY = "theme=";
    private static final int LONGEST = 64;

    private final Path file;
    private volatile @Nullable ColorScheme chosen;

    /// Reads what was kept. @param file need not exist
    public ThemeChoice(Path file) {
        this.file = file;
        this.chosen = read(file);
    }

    /// What the user chose; null to follow the desktop.
    public @Nullable ColorScheme chosen() {
        return chosen;
    }

    /// From now on this; not kept before {@link #save()}. @param now null to follow the desktop
    public void choose(@Nullable ColorScheme now) {
        chosen = now;
    }

    /// Keeps what was chosen last. Blocks; where the disk refuses, the choice holds until the window closes.
    public synchronized void save() {
        ColorScheme now = chosen;
        try {
            if (now == null) {
                Files.deleteIfExists(file);
            } else {
                String line = KEY + now.name().toLowerCase(Locale.ROOT) + "\n";
                Path beside = file.resolveSibling(file.getFileName() + ".new");
                Files.writeString(beside, line, StandardCharsets.US_ASCII);
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            LOG.info(
                    "the choice of light or dark could not be kept: {}",
                    e.getClass().getSimpleName());
        }
    }

    private static @Nullable ColorScheme read(Path file) {
        try (var in = Files.newInputStream(file)) {
            String line = new String(in.readNBytes(LONGEST), StandardCharsets.US_ASCII).strip();
            return Arrays.stream(ColorScheme.values())
                    .filter(scheme -> line.equals(KEY + scheme.name().toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }
}
