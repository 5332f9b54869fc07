package strongroom.vault.sync;

import java.util.List;
import java.util.Optional;
import strongroom.protocol.Commit;
import strongroom.protocol.DeviceRecord;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Signed;
import strongroom.protocol.VaultRecord;

/// The device port of the server, call by call. Nothing that comes from it is verified here but its form and size.
/// All calls block, may be repeated without harm (but one of {@link PostureServer}), and may be made from several
/// threads.
public interface SyncServer
        extends OrderServer, PolicyServer, ShareServer, RecoveryServer, PostureServer, AutoCloseable {
    /// The person's vaults.
    List<VaultRecord> vaults() throws SyncException;

    /// Makes a vault. @param key the vault key wrapped to its first member, signed
    void createVault(Id vault, Signed key) throws SyncException;

    /// At most {@link strongroom.protocol.Wire#COMMIT_PAGE} commits behind `after`.
    List<Commit> commits(Id vault, long after) throws SyncException;

    /// Appends. @throws SyncException `REFUSED` with `HEAD_MOVED` or `CHUNK_MISSING`
    void append(Id vault, Commit commit) throws SyncException;

    /// Those of at most {@link strongroom.protocol.Wire#CHUNK_PAGE} chunks that the server does not have.
    List<Digest> missing(Id vault, List<Digest> chunks) throws SyncException;

    /// Sends a chunk. @param ciphertext not kept
    void putChunk(Id vault, Digest chunk, byte[] ciphertext) throws SyncException;

    /// Fetches a chunk; empty if the server does not have it.
    Optional<byte[]> chunk(Id vault, Digest chunk) throws SyncException;

    /// The person's devices.
    List<DeviceRecord> devices() throws SyncException;

    /// Leaves the person's keys for another device.
    void putGrant(Id device, Signed grant) throws SyncException;

    /// The person's keys for this device, if another one has left them.
    Optional<Signed> grant() throws SyncException;

    /// One more certificate for this device. @param signingRequest PKCS#10, DER @return X.509, DER
    byte[] renewCertificate(byte[] signingRequest) throws SyncException;

    @Override
    void close();
}
