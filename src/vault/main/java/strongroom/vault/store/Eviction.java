package strongroom.vault.store;

import java.time.Duration;

/// When documents leave this device by themselves, to come again when they are opened. What was not sent to the server
/// yet, and what somebody wants to keep here, never does.
///
/// @param unusedFor those that were not opened for so long @param mostBytes the longest unused, until their contents
///     take no more than this together @param leastFree the same, until so many bytes of the disk are free
public record Eviction(Duration unusedFor, long mostBytes, long leastFree) {
    /// Nothing leaves.
    public static final Eviction NONE = new Eviction(Duration.ofDays(365_000), Long.MAX_VALUE, 0);
}
