package strongroom.vault.seal.windows;

import strongroom.vault.crypto.SecretBytes;

/// An RSA key of 2048 bits in the TPM, which Windows keeps for the signed-in user under a name, wrapped by the
/// TPM. With an authorisation the TPM decrypts for nobody who does not show it, and counts wrong ones. One
/// conversation; for one thread.
final class PlatformKey implements AutoCloseable {
    private static final int BITS = 2048;

    private final Ncrypt ncrypt;
    private long provider;
    private long key;

    private PlatformKey(Ncrypt ncrypt) throws NcryptRefusal {
        this.ncrypt = ncrypt;
        this.provider = ncrypt.openStorageProvider(Ncrypt.PLATFORM_PROVIDER);
    }

    @FunctionalInterface
    private interface Step {
        long take(PlatformKey opening) throws NcryptRefusal;
    }

    /// Asks the provider whether it has a TPM behind it.
    static void check(Ncrypt ncrypt) throws NcryptRefusal {
        with(ncrypt, opening -> {
                    ncrypt.requireProperty(opening.provider, Ncrypt.PLATFORM_TYPE);
                    return 0;
                })
                .close();
    }

    /// Makes one. @param authorisation of size 0 for none
    static PlatformKey create(Ncrypt ncrypt, String name, SecretBytes authorisation) throws NcryptRefusal {
        return with(ncrypt, opening -> {
            opening.key = ncrypt.createPersistedKey(opening.provider, Ncrypt.RSA, name);
            ncrypt.setProperty(opening.key, Ncrypt.LENGTH, BITS);
            ncrypt.setProperty(opening.key, Ncrypt.KEY_USAGE, Ncrypt.ALLOW_DECRYPT);
            opening.authorise(authorisation);
            ncrypt.finalizeKey(opening.key);
            return opening.key;
        });
    }

    /// Opens one that was made before, without asking the TPM anything.
    static PlatformKey open(Ncrypt ncrypt, String name) throws NcryptRefusal {
        return with(ncrypt, opening -> ncrypt.openKey(opening.provider, name));
    }

    private static PlatformKey with(Ncrypt ncrypt, Step step) throws NcryptRefusal {
        PlatformKey opening = new PlatformKey(ncrypt);
        boolean open = false;
        try {
            opening.key = step.take(opening);
            open = true;
            return opening;
        } finally {
            if (!open) {
                opening.close();
            }
        }
    }

    /// What the TPM will be shown. @param authorisation of size 0 for none
    void authorise(SecretBytes authorisation) throws NcryptRefusal {
        if (authorisation.size() > 0) {
            ncrypt.setProperty(key, Ncrypt.USAGE_AUTH, authorisation);
        }
    }

    /// With its public half. @param plaintext borrowed
    byte[] encrypt(SecretBytes plaintext) throws NcryptRefusal {
        return ncrypt.encrypt(key, plaintext);
    }

    /// In the TPM. @return closed by the caller
    SecretBytes decrypt(byte[] ciphertext) throws NcryptRefusal {
        return ncrypt.decrypt(key, ciphertext);
    }

    /// Deletes the key that Windows keeps; nothing is to be done with this afterwards but to close it.
    void delete() throws NcryptRefusal {
        ncrypt.deleteKey(key);
        key = 0;
    }

    @Override
    public void close() {
        if (key != 0) {
            ncrypt.free(key);
            key = 0;
        }
        if (provider != 0) {
            ncrypt.free(provider);
            provider = 0;
        }
    }
}
