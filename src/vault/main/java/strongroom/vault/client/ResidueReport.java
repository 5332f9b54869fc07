package strongroom.vault.client;

import java.util.List;

/// What `verify --residue` found.
///
/// @param files how many were read @param bytes how long they are together
/// @param keyless parts of documents that still lie there and that nothing can open any more
/// @param keylessBytes how long those are; the next tidying takes them away
/// @param findings what should not be there; empty if everything is well
public record ResidueReport(long files, long bytes, long keyless, long keylessBytes, List<Finding> findings) {
    /// One place.
    ///
    /// @param file path in the store's folder @param position in bytes @param what never the text itself
    public record Finding(String file, long position, String what) {}
}
