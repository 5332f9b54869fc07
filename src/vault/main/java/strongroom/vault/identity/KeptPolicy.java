package strongroom.vault.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import strongroom.protocol.Organisation;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.policy.Policy;
import strongroom.protocol.policy.PolicyKind;
import strongroom.protocol.policy.SignedPolicy;
import strongroom.vault.home.DurableFile;
import strongroom.vault.home.Home;

/// The newest policy of a kind that an administrator of this device's organisation signed.
///
/// @param <P> what such a policy says
public final class KeptPolicy<P extends Policy> {
    private final PolicyKind<P> kind;
    private final Path file;

    /// Of a home.
    public KeptPolicy(Home home, PolicyKind<P> kind) {
        this.kind = kind;
        this.file = home.identity().resolve(kind.word() + ".policy");
    }

    /// The policy with its signatures; empty if there is none that can be read.
    public Optional<SignedPolicy> signed() throws IOException {
        try {
            return Optional.of(SignedPolicy.of(Files.readAllBytes(file)));
        } catch (NoSuchFileException | MalformedException e) {
            return Optional.empty();
        }
    }

    /// The policy, if the organisation's administrator signed it.
    public Optional<P> verified(Organisation organisation) throws IOException {
        return signed().flatMap(policy -> verified(policy, kind, organisation));
    }

    /// Takes a policy over if it is signed, and newer than the present one.
    ///
    /// @return whether it was
    public boolean renew(SignedPolicy offered, Organisation organisation) throws IOException {
        long present = verified(organisation).map(Policy::number).orElse(0L);
        boolean newer = verified(offered, kind, organisation)
                .filter(policy -> policy.number() > present)
                .isPresent();
        if (newer) {
            DurableFile.write(file, offered.toByteArray());
        }
        return newer;
    }

    /// What a policy says, if an administrator of the organisation signed it.
    public static <P extends Policy> Optional<P> verified(
            SignedPolicy policy, PolicyKind<P> kind, Organisation organisation) {
        try {
            return Optional.of(policy.verify(kind, organisation));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
