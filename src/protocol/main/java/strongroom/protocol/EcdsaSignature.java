package strongroom.protocol;

/// The form of an ECDSA signature: a DER sequence of two positive integers (RFC 3279 §2.2.3). The JDK also takes
/// an integer whose sign byte is missing, so that one signature would have two encodings, and a signed statement
/// two digests.
final class EcdsaSignature {
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;

    private EcdsaSignature() {}

    /// Whether these bytes are the one encoding of two integers from 1 to less than 2^256.
    static boolean isCanonical(byte[] der) {
        // Two integers of at most 33 bytes each: every length is one byte.
        if (der.length < 8 || der.length > 72 || der[0] != SEQUENCE || der[1] != der.length - 2) {
            return false;
        }
        int second = endOfInteger(der, 2);
        return second > 0 && endOfInteger(der, second) == der.length;
    }

    private static int endOfInteger(byte[] der, int start) {
        if (start + 2 >= der.length || der[start] != INTEGER) {
            return -1;
        }
        int length = der[start + 1];
        int first = start + 2;
        boolean fits = length >= 1 && length <= 33 && first + length <= der.length;
        if (!fits || der[first] < 0) {
            return -1;
        }
        boolean padded = der[first] == 0;
        return padded && (length == 1 || der[first + 1] >= 0) ? -1 : first + length;
    }
}
