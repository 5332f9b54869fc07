package strongroom.vault.store.chunk;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Zstandard (RFC 8878), one frame a chunk. Its tables are made once for each thread that is at it and kept. Safe for
/// several threads.
final class Zstandard implements AutoCloseable {
    private static final int LEVEL = 3;

    private final Queue<ZstdCompressCtx> compressors = new ConcurrentLinkedQueue<>();
    private final Queue<ZstdDecompressCtx> decompressors = new ConcurrentLinkedQueue<>();

    /// @return a new array, zeroed by the caller; null if it is not shorter by a sixteenth at least
    byte @Nullable [] compress(byte[] plaintext, int length) {
        ZstdCompressCtx idle = compressors.poll();
        ZstdCompressCtx compressor = idle == null ? new ZstdCompressCtx().setLevel(LEVEL) : idle;
        byte[] room = new byte[(int) Zstd.compressBound(length)];
        try {
            int size = compressor.compressByteArray(room, 0, room.length, plaintext, 0, length);
            return size > length - length / 16 ? null : Arrays.copyOf(room, size);
        } finally {
            Arrays.fill(room, (byte) 0);
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
