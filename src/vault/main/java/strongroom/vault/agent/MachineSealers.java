package strongroom.vault.agent;

import java.security.SecureRandom;
import java.util.Optional;
import strongroom.vault.identity.SealerSource;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealKind;
import strongroom.vault.seal.Sealers;
import strongroom.vault.seal.tpm.TpmAddress;

/// The sealers of this machine.
///
/// @param tpm which TPM, or what stands for one on Windows and a Mac
public record MachineSealers(TpmAddress tpm, SecureRandom random) implements SealerSource {
    @Override
    public KeySealer strongest() throws SealException {
        return Sealers.forThisMachine(tpm, random);
    }

    @Override
    public KeySealer of(SealKind kind) throws SealException {
        boolean hardware = kind == SealKind.TPM || kind == SealKind.SECURE_ENCLAVE;
        if (hardware && tpm instanceof TpmAddress.None) {
            throw new SealException(
                    SealException.Why.ABSENT,
                    "This device was sealed by a security chip, and the program was told to use none.");
        }
        return Sealers.of(kind, tpm, random);
    }

    @Override
    public Optional<KeySealer> strongerThan(SealKind kind) {
        return Sealers.strongerThan(kind, tpm, random);
    }
}
