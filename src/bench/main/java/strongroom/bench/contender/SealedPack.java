package strongroom.bench.contender;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.SecretKey;

/// Many documents one after the other in one file, each sealed whole, by one thread.
final class SealedPack {
    private static final int BUFFER = 4 << 20;
    private static final int LONGEST = 9 << 20;

    private final Path file;
    private final SecretKey key = Gcm.freshKey();
    private final byte[] clear = new byte[LONGEST];
    private final byte[] sealed = new byte[LONGEST + Gcm.OVERHEAD];
    private int count;

    SealedPack(Path file) {
        this.file = file;
    }

    /// Seals every file of a folder and forces the pack to the disk.
    void write(Path folder) throws IOException {
        Gcm gcm = new Gcm(key);
        try (Stream<Path> walk = Files.walk(folder);
                FileOutputStream raw = new FileOutputStream(file.toFile());
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(raw, BUFFER))) {
            List<Path> files = walk.filter(Files::isRegularFile).toList();
            for (Path document : files) {
                int length;
                try (InputStream in = Files.newInputStream(document)) {
                    length = in.readNBytes(clear, 0, clear.length);
                }
                int end = gcm.seal(count++, clear, 0, length, sealed, 0);
                out.writeInt(end);
                out.write(sealed, 0, end);
            }
            out.flush();
            raw.getFD().sync();
        }
    }

    /// Opens every one.
    void read() throws IOException {
        Gcm gcm = new Gcm(key);
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            for (int number = 0; number < count; number++) {
                int length = in.readInt();
                in.readFully(sealed, 0, length);
                gcm.open(number, sealed, 0, length, clear, 0);
            }
        }
    }
}
