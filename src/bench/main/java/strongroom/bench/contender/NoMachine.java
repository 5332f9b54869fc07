package strongroom.bench.contender;

import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.SealKind;

/// Stands where a TPM or keystore does and takes no time: it keeps nothing secret. How long a real one takes is
/// its own affair.
final class NoMachine implements KeySealer {
    @Override
    public SealKind kind() {
        return SealKind.KEYSTORE;
    }

    @Override
    public void check() {}

    @Override
    public byte[] seal(SecretBytes secret, SecretBytes authorisation) {
        return secret.<byte[], RuntimeException>use(bytes -> bytes.clone());
    }

    @Override
    public SecretBytes unseal(byte[] sealed, SecretBytes authorisation) {
        return SecretBytes.ofAndZero(sealed.clone());
    }

    @Override
    public void destroy(byte[] sealed) {}

    @Override
    public int triesLeft() {
        return -1;
    }
}
