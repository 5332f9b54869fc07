package strongroom.vault.wipe;

import java.util.List;

/// What one step destroyed and what it could not; kinds and counts, never names.
///
/// @param destroyed gone for good @param remaining still there, and why
record Report(List<String> destroyed, List<String> remaining) {
    static final Report NOTHING = new Report(List.of(), List.of());

    Report {
        destroyed = List.copyOf(destroyed);
        remaining = List.copyOf(remaining);
    }
}
