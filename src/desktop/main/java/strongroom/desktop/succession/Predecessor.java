package strongroom.desktop.succession;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;
import strongroom.protocol.codec.MalformedException;

/// The process that shows the vault now, from the side of the one that waits to come after it. See {@link
/// Successor}. For one thread at a time.
public final class Predecessor {
    private static final int LIMIT = 1 << 26;

    private final InputStream in;
    private final OutputStream out;

    Predecessor(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /// On the standard streams; from then on what libraries print goes to the error stream.
    public static Predecessor onStandardStreams() {
        PrintStream out = System.out;
        System.setOut(System.err);
        return new Predecessor(System.in, out);
    }

    /// Says that everything is prepared.
    public void ready() throws IOException {
        say(Successor.READY);
    }

    /// Waits until it hands over.
    ///
    /// @return empty if it ended without
    public Optional<Handover> await() throws IOException {
        try {
            DataInputStream data = new DataInputStream(in);
            int length = data.readInt();
            if (length < 0 || length > LIMIT) {
                throw new IOException("what was handed over is too long");
            }
            byte[] encoded = new byte[length];
            data.readFully(encoded);
            return Optional.of(Handover.of(encoded));
        } catch (EOFException expected) {
            return Optional.empty();
        } catch (MalformedException e) {
            throw new IOException("what was handed over is not understood", e);
        }
    }

    /// Says that the window stands. The other one may be gone by then.
    public void shown() {
        try {
            say(Successor.SHOWN);
        } catch (IOException expected) {
            // It was not patient enough, and has ended.
        }
    }

    private void say(int what) throws IOException {
        out.write(what);
        out.flush();
    }
}
