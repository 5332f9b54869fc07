package strongroom.vault.store.text;

import java.time.Duration;

/// What an extraction takes on at most.
///
/// @param inputBytes the longest content that is read whole; of plain text the beginning is read
/// @param characters how much text is kept; what comes after it is cut
/// @param unpackedBytes how much the parts of packed content may grow to, all together
/// @param parts how many parts packed content may have
/// @param nesting how deep documents may lie in documents
/// @param time how long it may take
public record TextLimits(int inputBytes, int characters, long unpackedBytes, int parts, int nesting, Duration time) {
    /// For documents of an office.
    public static final TextLimits OFFICE =
            new TextLimits(32 << 20, 1_000_000, 256 << 20, 20_000, 3, Duration.ofSeconds(15));
}
