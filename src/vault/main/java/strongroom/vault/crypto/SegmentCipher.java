package strongroom.vault.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// Seals and opens one long ciphertext in segments: the STREAM construction of Hoang, Reyhanitabar, Rogaway and
/// Vizár (2015) over AES-256-GCM. The nonce is prefix (7 bytes), number of the segment (4 bytes) and whether it is
/// the last one (1 byte), so segments cannot be swapped, dropped, repeated or cut off at the end. The key schedule
/// is made once.
///
/// A key with its prefix seals **one** plaintext, ever: who re-encrypts takes another key or another prefix, also
/// when only the compression before it has changed. 64 KiB is a good segment: the intrinsic of the JDK is
/// compiled after many calls, not after many bytes. Not safe for several threads.
public final class SegmentCipher {
    /// Size of the prefix, in bytes.
    public static final int PREFIX = 7;
    /// By how many bytes a sealed segment is longer.
    public static final int OVERHEAD = Aead.TAG;

    private final BorrowedKey key;
    private final byte[] nonce = new byte[Aead.NONCE];
    private final byte[] aad;
    private final Cipher cipher = Aead.cipher();

    /// @param key 32 bytes, borrowed for the life of this object
    /// @param prefix 7 bytes @param aad bound to every segment; may be empty
    public SegmentCipher(SecretBytes key, byte[] prefix, byte[] aad) {
        if (key.size() != Aead.KEY || prefix.length != PREFIX) {
            throw new IllegalArgumentException("a key has 32 bytes and a prefix 7");
        }
        this.key = new BorrowedKey(key, "AES");
        System.arraycopy(prefix, 0, nonce, 0, PREFIX);
        this.aad = aad.clone();
    }

    /// Seals `length` bytes of `in` to `out`, which takes {@link #OVERHEAD} more; both may be the same array at the
    /// same offset. @return bytes written
    public int seal(int number, boolean last, byte[] in, int offset, int length, byte[] out, int outOffset) {
        try {
            start(Cipher.ENCRYPT_MODE, number, last);
            return cipher.doFinal(in, offset, length, out, outOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("segment was not sealed", e);
        }
    }

    /// Seals what remains of `in`; direct buffers go in and out without a copy on the heap.
    public int seal(int number, boolean last, ByteBuffer in, ByteBuffer out) {
        try {
            start(Cipher.ENCRYPT_MODE, number, last);
            return cipher.doFinal(in, out);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("segment was not sealed", e);
        }
    }

    /// Opens `length` sealed bytes of `in` to `out`; both may be the same array at the same offset.
    ///
    /// @return bytes written
    /// @throws NotAuthenticException if this is not that segment; `out` holds nothing of use then
    public int open(int number, boolean last, byte[] in, int offset, int length, byte[] out, int outOffset)
            throws NotAuthenticException {
        if (length < OVERHEAD) {
            throw new NotAuthenticException();
        }
        try {
            start(Cipher.DECRYPT_MODE, number, last);
            return cipher.doFinal(in, offset, length, out, outOffset);
        } catch (AEADBadTagException e) {
            throw new NotAuthenticException();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("segment was not opened", e);
        }
    }

    /// Opens what remains of `in`.
    public int open(int number, boolean last, ByteBuffer in, ByteBuffer out) throws NotAuthenticException {
        if (in.remaining() < OVERHEAD) {
            throw new NotAuthenticException();
        }
        try {
            start(Cipher.DECRYPT_MODE, number, last);
            return cipher.doFinal(in, out);
        } catch (AEADBadTagException e) {
            throw new NotAuthenticException();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("segment was not opened", e);
        }
    }

    private void start(int mode, int number, boolean last) throws GeneralSecurityException {
        if (number < 0) {
            throw new IllegalArgumentException("segments are numbered from 0");
        }
        ByteBuffer.wrap(nonce).putInt(PREFIX, number).put(PREFIX + 4, (byte) (last ? 1 : 0));
        cipher.init(mode, key, new GCMParameterSpec(8 * Aead.TAG, nonce));
        cipher.updateAAD(aad);
    }
}
