package strongroom.protocol.policy;

import java.util.List;
import strongroom.protocol.Signed;
import strongroom.protocol.codec.MalformedException;

/// A kind of policy: what is numbered, signed, carried and kept apart from the other kinds.
///
/// @param <P> what such a policy says
public final class PolicyKind<P extends Policy> {
    /// Whether the server takes part in each unlock.
    public static final PolicyKind<SharePolicy> SHARE =
            new PolicyKind<>("share", "policy", Signed.Purpose.SHARE_POLICY, SharePolicy::parse);

    /// What a PIN must be, and what becomes of wrong ones.
    public static final PolicyKind<PinPolicy> PIN =
            new PolicyKind<>("pin", "pin-policy", Signed.Purpose.PIN_POLICY, PinPolicy::parse);

    private final String word;
    private final String path;
    private final Signed.Purpose purpose;
    private final Form<P> form;

    private interface Form<P> {
        P parse(byte[] payload) throws MalformedException;
    }

    private PolicyKind(String word, String path, Signed.Purpose purpose, Form<P> form) {
        this.word = word;
        this.path = path;
        this.purpose = purpose;
        this.form = form;
    }

    /// All of them.
    public static List<PolicyKind<?>> all() {
        return List.of(SHARE, PIN);
    }

    /// A word for it, in names of files and in the database.
    public String word() {
        return word;
    }

    /// Its segment in the paths of the protocol.
    public String path() {
        return path;
    }

    Signed.Purpose purpose() {
        return purpose;
    }

    P parse(byte[] payload) throws MalformedException {
        return form.parse(payload);
    }

    @Override
    public String toString() {
        return word;
    }
}
