package strongroom.vault.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/// What the window and the command line write to standard error: warnings of ours and nothing of the libraries, which
/// do not know that a log names ids only. A configuration of the administrator's (`java.util.logging.config.file`)
/// goes before.
public final class ClientLog {
    private static final String QUIET = """
            handlers=java.util.logging.ConsoleHandler
            .level=OFF
            strongroom.level=WARNING
            java.util.logging.ConsoleHandler.level=WARNING
            java.util.logging.ConsoleHandler.formatter=java.util.logging.SimpleFormatter
            java.util.logging.SimpleFormatter.format=%1$tFT%1$tT.%1$tL %4$s %3$s %5$s%6$s%n
            """;

    private ClientLog() {}

    /// Called first in a program, once.
    public static void configure() {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        try {
            byte[] quiet = QUIET.getBytes(StandardCharsets.ISO_8859_1);
            LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(quiet));
        } catch (IOException e) {
            throw new IllegalStateException("a configuration in memory can be read", e);
        }
    }
}
