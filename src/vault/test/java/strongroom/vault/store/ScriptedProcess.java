package strongroom.vault.store;

import com.github.luben.zstd.Zstd;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import strongroom.vault.crypto.SecretBytes;

/// A program that goes through {@link FaultScript} and says on its output how far it is: `begin N`, then `done N` when
/// step N is durable, or `failed N WHY`. A step that failed and left everything as it was is tried once more. What no
/// program should meet ends it with an exception. Step 0 makes the store.
final class ScriptedProcess {
    /// Gathers, so it is `writev`: what is done to `write` does not touch what is said.
    private static final FileChannel OUT = new FileOutputStream(FileDescriptor.out).getChannel();

    private ScriptedProcess() {}

    /// @param args store folder, root key in hexadecimal digits
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        // Unpacks the native library of the compressor, here and not in whatever thread comes first.
        Zstd.compressBound(1);
        try (SecretBytes root = SecretBytes.ofAndZero(HexFormat.of().parseHex(args[1]))) {
            say("begin 0");
            try (FaultScript.Stage stage = FaultScript.create(folder, root)) {
                say("done 0");
                for (int step = 1; step <= FaultScript.STEPS.size(); step++) {
                    if (!run(stage, step)) {
                        break;
                    }
                }
                say("closing");
            } catch (StoreException e) {
                say("failed 0 " + e.why());
            }
        }
        say("end");
    }

    /// @return whether to go on
    private static boolean run(FaultScript.Stage stage, int step) throws IOException, StoreException {
        StoreState before = StoreState.of(stage);
        for (int attempt = 0; attempt < 2; attempt++) {
            say("begin " + step);
            try {
                FaultScript.STEPS.get(step - 1).run(stage);
                say("done " + step);
                return true;
            } catch (StoreException e) {
                say("failed " + step + " " + e.why());
            }
            try {
                if (!StoreState.of(stage).equals(before)) {
                    return true;
                }
            } catch (StoreException e) {
                say("unusable " + e.why());
                return false;
            }
        }
        return false;
    }

    private static void say(String line) throws IOException {
        ByteBuffer[] parts = {ascii(line), ascii("\n")};
        while (parts[1].hasRemaining()) {
            OUT.write(parts);
        }
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
