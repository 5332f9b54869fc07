package strongroom.vault.signin;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.platform.ProcessHardening;

/// The process in which PAM's modules run, for one question: {@link PamSignIn} starts it. For each password
/// that PAM wants it writes one byte and reads an answer (two bytes of length, then the password; {@link
/// #NONE} for none). It ends with what PAM returned.
public final class PamMain {
    /// What it writes when PAM wants a password.
    static final int WANTED = '?';
    /// The length of no answer.
    static final int NONE = 0xffff;
    /// The longest password, in bytes (PAM_MAX_RESP_SIZE).
    static final int LONGEST = 511;

    private PamMain() {}

    /// @param arguments name of the PAM service, name of the user
    public static void main(String[] arguments) {
        ProcessHardening.apply();
        DataInputStream in = new DataInputStream(System.in);
        System.exit(new Pam(() -> read(in, System.out)).authenticate(arguments[0], arguments[1]));
    }

    private static @Nullable SecretBytes read(DataInputStream in, PrintStream out) {
        out.write(WANTED);
        out.flush();
        try {
            int length = in.readUnsignedShort();
            return length > LONGEST ? null : SecretBytes.ofAndZero(in.readNBytes(length));
        } catch (IOException e) {
            // Whoever asked is gone.
            return null;
        }
    }
}
