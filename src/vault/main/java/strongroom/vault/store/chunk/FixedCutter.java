package strongroom.vault.store.chunk;

import java.io.IOException;
import java.io.InputStream;

/// Cuts every mebibyte, wherever that is.
public final class FixedCutter implements ChunkCutter {
    private static final int SIZE = 1 << 20;

    @Override
    public int next(InputStream content, byte[] buffer) throws IOException {
        return content.readNBytes(buffer, 0, SIZE);
    }

    @Override
    public int longest() {
        return SIZE;
    }
}
