package strongroom.vault.store.chunk;

/// How long something is made before others may see its length: Padmé, from Nikitin et al., "Reducing Metadata Leakage
/// from Encrypted Files and Communication with PURBs" (2019). Of a length of n bits about log n remain visible; the
/// padding is at most 12 %, and 3 % for what is longer than 64 KiB.
final class Padme {
    private Padme() {}

    /// @param length at least 0 @return the next length that may be seen
    static int padded(int length) {
        if (length < 2) {
            return length;
        }
        int exponent = 31 - Integer.numberOfLeadingZeros(length);
        int shown = 32 - Integer.numberOfLeadingZeros(exponent);
        int mask = (1 << (exponent - shown)) - 1;
        return exponent <= shown ? length : (length + mask) & ~mask;
    }
}
