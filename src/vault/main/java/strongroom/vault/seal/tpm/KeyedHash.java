package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.util.Arrays;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.SealException;

/// A TPM object that holds a few bytes: a keyed hash without a scheme (Part 3 §12.1), under the storage root
/// key. Which attributes and which policy it has is for who makes it.
///
/// @param publicArea TPMT_PUBLIC; not copied
/// @param privateArea encrypted by the storage root key; not copied
record KeyedHash(byte[] publicArea, byte[] privateArea) {
    /// fixedTPM, fixedParent: what every one of ours has.
    static final int FIXED = 1 << 1 | 1 << 4;
    /// Opens by its authorisation alone; without this attribute, by its policy alone.
    static final int USER_WITH_AUTH = 1 << 6;
    /// Wrong authorisations are not counted.
    static final int NO_DA = 1 << 10;
    /// Where the attributes stand: behind two numbers of 16 bits.
    private static final int ATTRIBUTES = 4;

    /// @param data 1 to 128 bytes @param policy a digest, or empty for none
    static KeyedHash create(
            Tpm tpm,
            StorageRootKey root,
            HmacSession session,
            SecretBytes data,
            SecretBytes authValue,
            int attributes,
            byte[] policy)
            throws IOException, TpmRefusal, InterposedException {
        TpmCommand create = new TpmCommand(TpmCommand.CREATE).handle(root.handle(), root.name());
        byte[] template = template(attributes, policy);
        data.<TpmWriter, RuntimeException>use(
                secret -> authValue.<TpmWriter, RuntimeException>use(auth -> create.parameters()
                        .uint16(4 + auth.length + secret.length)
                        .sized(auth)
                        .sized(secret)
                        .sized(template)
                        .uint16(0)
                        .uint32(0)));
        try (SecretBytes rootsEmptyAuth = SecretBytes.ofAndZero(new byte[0])) {
            TpmReader made = tpm.run(create, session.sealed(rootsEmptyAuth)).parameters();
            byte[] privateArea = made.sized();
            return new KeyedHash(made.sized(), privateArea);
        }
    }

    /// Loads the object without showing any authorisation, and finds out by that with whom we speak.
    ///
    /// @param pinnedRoot name of the storage root key at sealing
    /// @return the handle of the object
    int load(Tpm tpm, StorageRootKey root, byte[] pinnedRoot)
            throws IOException, TpmRefusal, InterposedException, SealException {
        return root.load(tpm, pinnedRoot, publicArea, privateArea);
    }

    /// TPM2_Unseal of the loaded object. @param session which fulfils what the object wants
    SecretBytes unseal(Tpm tpm, int handle, HmacSession session, SecretBytes authValue)
            throws IOException, TpmRefusal, InterposedException, SealException {
        TpmCommand unseal = new TpmCommand(TpmCommand.UNSEAL).handle(handle, name());
        try {
            return SecretBytes.ofAndZero(
                    tpm.run(unseal, session.sealedBack(authValue)).parameters().sized());
        } catch (TpmRefusal e) {
            throw AuthValue.refused(tpm, e);
        }
    }

    byte[] name() {
        return StorageRootKey.name(publicArea);
    }

    /// The digest of its policy.
    byte[] policy() throws IOException {
        TpmReader in = new TpmReader(publicArea);
        in.fixed(ATTRIBUTES + 4);
        return in.sized();
    }

    /// Whether the public area is long enough to have attributes at all.
    boolean isWhole() {
        return publicArea.length >= ATTRIBUTES + 4;
    }

    /// Whether it is one that {@link #create} makes with these attributes and this policy.
    boolean isMade(int attributes, byte[] policy) {
        byte[] template = template(attributes, policy);
        // All of it but the size of what tells objects apart.
        int common = template.length - 2;
        return publicArea.length > common && Arrays.equals(publicArea, 0, common, template, 0, common);
    }

    boolean isUserWithAuth() {
        return (publicArea[ATTRIBUTES + 3] & USER_WITH_AUTH) != 0;
    }

    private static byte[] template(int attributes, byte[] policy) {
        return new TpmWriter()
                .uint16(0x0008) // keyed hash
                .uint16(0x000b) // SHA-256
                .uint32(attributes)
                .sized(policy)
                .uint16(0x0010) // no scheme
                .uint16(0)
                .toByteArray();
    }
}
