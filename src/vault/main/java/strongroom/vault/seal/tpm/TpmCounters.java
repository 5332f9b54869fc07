package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.security.SecureRandom;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.Checksum;
import strongroom.vault.seal.MachineCounters;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// Counters of a TPM 2.0: NV indices of the type counter, each read and counted up under an authorisation of its own.
/// The owner of the machine can erase one and make another of the same number and kind, but not with that
/// authorisation, and not with a value from before: a TPM begins a counter above the highest value that any counter
/// had that was erased (Part 3 §31.2). Answers are authenticated with the authorisation, which crosses the bus once,
/// encrypted, when the counter is made; so nobody between this program and the TPM can tell another value.
final class TpmCounters implements MachineCounters {
    private static final int VERSION = 1;
    private static final int SIZE = 8;
    private static final int ATTEMPTS = 16;

    // Read and counted up by its authorisation, which has 256 bits and needs no counting of wrong ones.
    private static final int ATTRIBUTES = 1 << 2 | 1 << 4 | 1 << 18 | 1 << 25;

    private final TpmTurn turn;
    private final SecureRandom random;

    TpmCounters(TpmTurn turn, SecureRandom random) {
        this.turn = turn;
        this.random = random;
    }

    @Override
    public byte[] plan() throws SealException {
        return turn.take(tpm -> {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                int number = NvIndex.anyNumber(random);
                if (!NvIndex.exists(tpm, number)) {
                    return Checksum.append(
                            new CanonicalWriter().uint8(VERSION).uint32(number).toByteArray());
                }
            }
            throw new SealException(Why.FAILED, "The TPM has no free place for a counter.");
        });
    }

    @Override
    public long make(byte[] kept, SecretBytes authorisation) throws SealException {
        if (authorisation.size() < 1 || authorisation.size() > AuthValue.LIMIT) {
            throw new IllegalArgumentException("an authorisation of a wrong size");
        }
        NvIndex index = index(kept);
        return with(authorisation, (tpm, session, authValue) -> {
            index.define(tpm, session, authValue);
            try {
                increment(tpm, session, index, index.newName(), authValue);
                return read(tpm, session, index, authValue);
            } catch (IOException | TpmRefusal | InterposedException e) {
                index.discard(tpm, session, e);
                throw e;
            }
        });
    }

    @Override
    public long read(byte[] kept, SecretBytes authorisation) throws SealException {
        NvIndex index = index(kept);
        return with(authorisation, (tpm, session, authValue) -> {
            try {
                return read(tpm, session, index, authValue);
            } catch (TpmRefusal e) {
                throw lost(e);
            }
        });
    }

    @Override
    public long increment(byte[] kept, SecretBytes authorisation) throws SealException {
        NvIndex index = index(kept);
        return with(authorisation, (tpm, session, authValue) -> {
            try {
                increment(tpm, session, index, index.name(), authValue);
                return read(tpm, session, index, authValue);
            } catch (TpmRefusal e) {
                throw lost(e);
            }
        });
    }

    @Override
    public void destroy(byte[] kept) throws SealException {
        NvIndex index = index(kept);
        turn.take(tpm -> {
            byte[] name = index.presentName(tpm);
            if (name != null) {
                StorageRootKey root = StorageRootKey.in(tpm);
                try (HmacSession session = HmacSession.start(tpm, root, HmacSession.Kind.HMAC, random)) {
                    index.undefine(tpm, session, name);
                }
            }
            return index;
        });
    }

    /// What is done with a counter, in a session.
    @FunctionalInterface
    private interface Use {
        long of(Tpm tpm, HmacSession session, SecretBytes authValue)
                throws IOException, TpmRefusal, InterposedException, SealException;
    }

    private long with(SecretBytes authorisation, Use use) throws SealException {
        return turn.take(tpm -> {
            StorageRootKey root = StorageRootKey.in(tpm);
            try (SecretBytes authValue = AuthValue.of(authorisation);
                    HmacSession session = HmacSession.start(tpm, root, HmacSession.Kind.HMAC, random)) {
                return use.of(tpm, session, authValue);
            }
        });
    }

    private static void increment(Tpm tpm, HmacSession session, NvIndex index, byte[] name, SecretBytes authValue)
            throws IOException, TpmRefusal, InterposedException {
        tpm.run(
                new TpmCommand(TpmCommand.NV_INCREMENT)
                        .handle(index.number(), name)
                        .handle(index.number(), name),
                session.plain(authValue));
    }

    private static long read(Tpm tpm, HmacSession session, NvIndex index, SecretBytes authValue)
            throws IOException, TpmRefusal, InterposedException {
        TpmCommand read = new TpmCommand(TpmCommand.NV_READ)
                .handle(index.number(), index.name())
                .handle(index.number(), index.name());
        read.parameters().uint16(SIZE).uint16(0);
        TpmReader value = new TpmReader(
                tpm.run(read, session.plain(authValue)).parameters().sized());
        long stands = value.int64();
        if (stands < 0 || value.rest().length > 0) {
            throw new IOException("the TPM shows what no counter shows");
        }
        return stands;
    }

    /// Says for the user that it is another index that answered, or none.
    ///
    /// @throws TpmRefusal the same, if it is about something else
    private static SealException lost(TpmRefusal refusal) throws TpmRefusal {
        return switch (refusal.reason()) {
            case HANDLE, NV_UNINITIALIZED, NV_AUTHORIZATION, AUTH_FAIL, AUTH_UNAVAILABLE, BAD_AUTH ->
                new SealException(Why.FOREIGN, "The counter in the TPM was erased.", refusal);
            default -> throw refusal;
        };
    }

    private static NvIndex index(byte[] kept) throws SealException {
        try {
            CanonicalReader in = new CanonicalReader(Checksum.strip(kept));
            if (in.uint8() != VERSION) {
                throw new MalformedException("made by a later version");
            }
            int number = in.uint32(Integer.MAX_VALUE);
            in.end();
            if (!NvIndex.isOurs(number)) {
                throw new MalformedException("not an index of ours");
            }
            return new NvIndex(number, ATTRIBUTES, SIZE);
        } catch (MalformedException e) {
            throw new SealException(Why.DAMAGED, "What is kept of the counter in the TPM is damaged.", e);
        }
    }
}
