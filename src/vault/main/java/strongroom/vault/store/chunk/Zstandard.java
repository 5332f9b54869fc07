package strongroom.vault.store.chunk;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Zstandard (RFC 8878), one frame a chunk. Its tables are made once for each thread that is at it and kept. Safe for
/// several threads.
final class Zstandard implements AutoCloseable {
    private static final int LEVEL = 3;

    private final Queue<ZstdCompressCtx> compressors = new ConcurrentLinkedQueue<>();
    private final Queue<ZstdDecompressCtx> decompressors = new ConcurrentLinkedQueue<>();

    /// How long a frame becomes at most. @param length of the plaintext, in bytes
    static int bound(int length) {
        return (int) Zstd.compressBound(length);
    }

    /// @param room has {@link #bound} bytes from `offset` on, any of which may be written to
    /// @return length of the frame; -1 if it is not shorter than the plaintext by a sixteenth at least
    int compress(byte[] plaintext, int length, byte[] room, int offset) {
        ZstdCompressCtx idle = compressors.poll();
        ZstdCompressCtx compressor = idle == null ? new ZstdCompressCtx().setLevel(LEVEL) : idle;
        try {
            int size = compressor.compressByteArray(room, offset, bound(length), plaintext, 0, length);
            return size > length - length / 16 ? -1 : size;
        } finally {
            compressors.add(compressor);
        }
    }

    /// Decompresses a frame to the beginning of the room that it stands in.
    ///
    /// @param offset of the frame, behind all that it is decompressed to @param coded its length
    /// @param length of the plaintext @return whether the frame held that much
    boolean decompress(byte[] room, int offset, int coded, int length) {
        ZstdDecompressCtx idle = decompressors.poll();
        ZstdDecompressCtx decompressor = idle == null ? new ZstdDecompressCtx() : idle;
        try {
            return decompressor.decompressByteArray(room, 0, length, room, offset, coded) == length;
        } catch (ZstdException e) {
            return false;
        } finally {
            decompressors.add(decompressor);
        }
    }

    @Override
    public void close() {
        for (ZstdCompressCtx idle = compressors.poll(); idle != null; idle = compressors.poll()) {
            idle.close();
        }
        for (ZstdDecompressCtx idle = decompressors.poll(); idle != null; idle = decompressors.poll()) {
            idle.close();
        }
    }
}
