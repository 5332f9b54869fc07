package strongroom.vault.seal.tpm;

import java.io.IOException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// The TPM object that holds the other half: a keyed hash without a scheme, under the storage root key. With an
/// authorisation it opens by PolicyAuthValue alone and wrong ones count (noDA clear); without one, by the empty
/// authorisation, which has no wrong ones to count.
final class SealedObject {
    private static final int FIXED = 1 << 1 | 1 << 4; // fixedTPM, fixedParent
    private static final int USER_WITH_AUTH = 1 << 6;
    private static final int NO_DA = 1 << 10;
    /// PolicyAuthValue, alone. PCRs would come before it; the blob has the place for their selection.
    private static final byte[] POLICY = TpmKdf.sha256(
            new byte[32], new TpmWriter().uint32(TpmCommand.POLICY_AUTH_VALUE).toByteArray());

    private SealedObject() {}

    /// @param half 32 bytes @return the object's areas, in a blob that waits for the secret
    static TpmBlob create(Tpm tpm, StorageRootKey root, HmacSession session, SecretBytes half, SecretBytes authValue)
            throws IOException, TpmRefusal, InterposedException {
        TpmCommand create = new TpmCommand(TpmCommand.CREATE).handle(root.handle(), root.name());
        byte[] template = template(authValue.size() > 0);
        half.<TpmWriter, RuntimeException>use(
                data -> authValue.<TpmWriter, RuntimeException>use(auth -> create.parameters()
                        .uint16(4 + auth.length + data.length)
                        .sized(auth)
                        .sized(data)
                        .sized(template)
                        .uint16(0)
                        .uint32(0)));
        try (SecretBytes rootsEmptyAuth = SecretBytes.ofAndZero(new byte[0])) {
            TpmReader made = tpm.run(create, session.sealed(rootsEmptyAuth)).parameters();
            byte[] privateArea = made.sized();
            return TpmBlob.of(root.name(), made.sized(), privateArea);
        }
    }

    /// Loads the object without showing any authorisation, and finds out by that with whom we speak.
    ///
    /// @return the handle of the object
    static int load(Tpm tpm, StorageRootKey root, TpmBlob blob)
            throws IOException, TpmRefusal, InterposedException, SealException {
        boolean pinned = blob.isSealedUnder(root);
        TpmCommand load = new TpmCommand(TpmCommand.LOAD).handle(root.handle(), root.name());
        load.parameters().sized(blob.privateArea()).sized(blob.publicArea());
        int handle;
        try {
            handle = tpm.run(load, Authorisation.EMPTY_PASSWORD).handle();
        } catch (TpmRefusal e) {
            if (e.reason() != TpmRefusal.Reason.INTEGRITY) {
                throw e;
            }
            throw pinned
                    ? new SealException(Why.DAMAGED, "The sealed key is damaged.", e)
                    : new SealException(Why.FOREIGN, "The key is sealed to another TPM, or this one was cleared.", e);
        }
        if (!pinned) {
            // Only the pinned root key can load it, and another one was shown to us: to learn our salt.
            throw new InterposedException("the storage root key is not the pinned one");
        }
        return handle;
    }

    static SecretBytes unseal(Tpm tpm, int handle, TpmBlob blob, HmacSession session, SecretBytes authValue)
            throws IOException, TpmRefusal, InterposedException {
        if (blob.wantsPolicy()) {
            tpm.run(new TpmCommand(TpmCommand.POLICY_AUTH_VALUE).handle(session.handle()));
        }
        TpmCommand unseal = new TpmCommand(TpmCommand.UNSEAL).handle(handle, StorageRootKey.name(blob.publicArea()));
        return SecretBytes.ofAndZero(
                tpm.run(unseal, session.sealedBack(authValue)).parameters().sized());
    }

    private static byte[] template(boolean authorised) {
        return new TpmWriter()
                .uint16(0x0008) // keyed hash
                .uint16(0x000b) // SHA-256
                .uint32(FIXED | (authorised ? 0 : USER_WITH_AUTH | NO_DA))
                .sized(authorised ? POLICY : new byte[0])
                .uint16(0x0010) // no scheme
                .uint16(0)
                .toByteArray();
    }
}
