package strongroom.vault.seal;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.platform.OperatingSystem;
import strongroom.vault.seal.SealException.Why;
import strongroom.vault.seal.keystore.KeystoreSealer;
import strongroom.vault.seal.mac.SecureEnclaveSealer;
import strongroom.vault.seal.passphrase.PassphraseSealer;
import strongroom.vault.seal.tpm.TpmAddress;
import strongroom.vault.seal.tpm.TpmSealer;
import strongroom.vault.seal.windows.PlatformSealer;

/// Finds the sealer: the strongest that works, once, at enrolment; and afterwards the one that sealed, and no
/// other, whatever is broken. A weaker one in its place would be what an attacker who breaks it wants.
public final class Sealers {
    private static final Logger LOG = LoggerFactory.getLogger(Sealers.class);

    private Sealers() {}

    /// The strongest that works on this machine, proved by sealing and opening: TPM or enclave, else keystore,
    /// else passphrase.
    ///
    /// @param tpm an emulator is only ever asked for by name, so it is used or the call fails @throws
    /// SealException if there is a stronger part which the user can make work: unlock it, or name another
    public static KeySealer forThisMachine(TpmAddress tpm, SecureRandom random) throws SealException {
        boolean named = tpm instanceof TpmAddress.UnixEmulator || tpm instanceof TpmAddress.TcpEmulator;
        for (SealKind kind : List.of(hardware(tpm), SealKind.KEYSTORE)) {
            KeySealer sealer = of(kind, tpm, random);
            try {
                prove(sealer, random);
                return sealer;
            } catch (SealException e) {
                if (e.why() == Why.LOCKED || (named && kind == SealKind.TPM)) {
                    throw e;
                }
                LOG.info("{} is not used for sealing: {}", kind, e.why());
            }
        }
        return of(SealKind.PASSPHRASE, tpm, random);
    }

    /// The sealer of this kind, without asking whether it works.
    public static KeySealer of(SealKind kind, TpmAddress tpm, SecureRandom random) {
        return switch (kind) {
            case TPM ->
                tpm instanceof TpmAddress.SystemProvider ? new PlatformSealer(random) : new TpmSealer(tpm, random);
            case KEYSTORE -> new KeystoreSealer(random);
            case PASSPHRASE -> new PassphraseSealer(random);
            case SECURE_ENCLAVE -> new SecureEnclaveSealer(new KeystoreSealer(random), random);
        };
    }

    /// The security chip, for what was sealed by less, if it answers now. A keyring never takes a passphrase's
    /// place by itself: it comes and goes with the session, and a person who signs in without it would be shut
    /// out.
    public static Optional<KeySealer> strongerThan(SealKind kind, TpmAddress tpm, SecureRandom random) {
        SealKind hardware = hardware(tpm);
        if (kind == hardware || kind == SealKind.TPM) {
            return Optional.empty();
        }
        KeySealer sealer = of(hardware, tpm, random);
        try {
            sealer.check();
            return Optional.of(sealer);
        } catch (SealException e) {
            LOG.debug("{} does not take the place of {}: {}", hardware, kind, e.why());
            return Optional.empty();
        }
    }

    private static SealKind hardware(TpmAddress tpm) {
        boolean enclave = tpm instanceof TpmAddress.SystemProvider && OperatingSystem.current() == OperatingSystem.MAC;
        return enclave ? SealKind.SECURE_ENCLAVE : SealKind.TPM;
    }

    private static void prove(KeySealer sealer, SecureRandom random) throws SealException {
        sealer.check();
        try (SecretBytes secret = SecretBytes.random(32, random);
                SecretBytes authorisation = SecretBytes.random(32, random)) {
            byte[] sealed = sealer.seal(secret, authorisation);
            try (SecretBytes opened = sealer.unseal(sealed, authorisation)) {
                if (!opened.matches(secret)) {
                    throw new SealException(Why.FAILED, "The sealer gave back another secret.");
                }
            } finally {
                sealer.destroy(sealed);
            }
        }
    }
}
