package strongroom.vault.crypto;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A secret in memory outside the Java heap, where the collector makes no copies of it, filled with zeros when
/// closed; on Linux in pages that are neither swapped out nor dumped, as far as the user's limit goes. Whoever
/// creates one closes it; whoever is handed one borrows it for the call. There is no `equals` and no way to print
/// it. Safe for several threads; whoever reads after it was closed gets an {@link IllegalStateException}.
public final class SecretBytes implements AutoCloseable {
    /// What is done with a borrowed copy on the heap; the copy is zeroed when this returns.
    ///
    /// @param <T> the result, which must not be the secret
    @FunctionalInterface
    public interface Use<T, X extends Exception> {
        /// @param bytes the secret, valid until this returns
        T apply(byte[] bytes) throws X;
    }

    // Not an arena of its own: closing a shared one stops every thread of the process for a moment, and a document of
    // thousands of chunks has a key for each.
    private final LockedPool.Place place;
    private final MemorySegment memory;
    private boolean closed;

    private SecretBytes(int size) {
        this.place = LockedPool.take(size);
        this.memory = place.memory();
    }

    /// @param size in bytes @param random a cryptographically strong source
    public static SecretBytes random(int size, RandomGenerator random) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return ofAndZero(bytes);
    }

    /// Takes the bytes over: copies them out of the heap and fills the array with zeros.
    public static SecretBytes ofAndZero(byte[] bytes) {
        SecretBytes secret = new SecretBytes(bytes.length);
        MemorySegment.copy(bytes, 0, secret.memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
        Arrays.fill(bytes, (byte) 0);
        return secret;
    }

    /// A PIN or passphrase as UTF-8; the characters are filled with zeros.
    public static SecretBytes ofAndZero(char[] text) {
        byte[] room = new byte[4 * text.length];
        ByteBuffer encoded = ByteBuffer.wrap(room);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text), encoded, true);
        Arrays.fill(text, '\0');
        byte[] bytes = Arrays.copyOf(room, encoded.position());
        Arrays.fill(room, (byte) 0);
        return ofAndZero(bytes);
    }

    /// Size in bytes.
    public int size() {
        return Math.toIntExact(memory.byteSize());
    }

    /// Lends the secret as an array for one call into an API that takes nothing else (JCE, Bouncy Castle).
    public <T, X extends Exception> T use(Use<T, X> use) throws X {
        byte[] bytes = copyToHeap();
        try {
            return use.apply(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private synchronized byte[] copyToHeap() {
        checkOpen();
        return memory.toArray(ValueLayout.JAVA_BYTE);
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the secret was closed");
        }
    }

    private synchronized void copyTo(MemorySegment target, long at) {
        checkOpen();
        MemorySegment.copy(memory, 0, target, at, memory.byteSize());
    }

    /// A copy with a life of its own, closed by the caller.
    public SecretBytes copy() {
        SecretBytes copy = new SecretBytes(size());
        copyTo(copy.memory, 0);
        return copy;
    }

    /// One after the other, in a new secret closed by the caller.
    public static SecretBytes join(SecretBytes... parts) {
        int size = 0;
        for (SecretBytes part : parts) {
            size += part.size();
        }
        SecretBytes joined = new SecretBytes(size);
        long at = 0;
        for (SecretBytes part : parts) {
            part.copyTo(joined.memory, at);
            at += part.memory.byteSize();
        }
        return joined;
    }

    /// Compares in time that depends on the sizes only.
    public boolean matches(SecretBytes other) {
        return this.<Boolean, RuntimeException>use(
                mine -> other.<Boolean, RuntimeException>use(theirs -> MessageDigest.isEqual(mine, theirs)));
    }

    /// Fills the memory with zeros and gives it back. Does nothing the second time.
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            place.giveBack();
        }
    }

    /// Never the content.
    @Override
    public synchronized String toString() {
        return closed ? "SecretBytes[closed]" : "SecretBytes[" + memory.byteSize() + "]";
    }
}
