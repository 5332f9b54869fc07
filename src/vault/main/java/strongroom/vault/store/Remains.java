package strongroom.vault.store;

import java.util.List;

/// What a search for remains found.
///
/// @param files how many were read @param bytes how long they are together
/// @param keyless chunks that lie in packs and that nothing can open any more @param keylessBytes how long they are;
///     the next tidying takes them away
/// @param findings what should not be there; empty if everything is well
public record Remains(long files, long bytes, long keyless, long keylessBytes, List<Finding> findings) {
    /// One place.
    ///
    /// @param file path in the store's folder @param position in bytes @param what never the text itself
    public record Finding(String file, long position, String what) {}

    /// Copies the list.
    public Remains {
        findings = List.copyOf(findings);
    }
}
