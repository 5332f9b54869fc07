package strongroom.vault.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import strongroom.protocol.Organisation;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.share.SharePolicy;
import strongroom.protocol.share.SignedPolicy;
import strongroom.vault.home.DurableFile;
import strongroom.vault.home.Home;

/// The newest policy that an administrator of this device's organisation signed.
public final class KeptPolicy {
    private final Path file;

    /// Of a home.
    public KeptPolicy(Home home) {
        this.file = home.identity().resolve("share.policy");
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
    public Optional<SharePolicy> verified(Organisation organisation) throws IOException {
        return signed().flatMap(policy -> verified(policy, organisation));
    }

    /// Takes a policy over if it is signed, and newer than the present one.
    ///
    /// @return whether it was
    public boolean renew(SignedPolicy offered, Organisation organisation) throws IOException {
        long present = verified(organisation).map(SharePolicy::number).orElse(0L);
        boolean newer = verified(offered, organisation)
                .filter(policy -> policy.number() > present)
                .isPresent();
        if (newer) {
            DurableFile.write(file, offered.toByteArray());
        }
        return newer;
    }

    /// What a policy says, if an administrator of the organisation signed it.
    public static Optional<SharePolicy> verified(SignedPolicy policy, Organisation organisation) {
        try {
            return Optional.of(policy.verify(organisation));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
