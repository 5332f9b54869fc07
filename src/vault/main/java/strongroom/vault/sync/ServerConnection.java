package strongroom.vault.sync;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.ContentType;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Commit;
import strongroom.protocol.DeviceRecord;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;
import strongroom.protocol.SignedOrder;
import strongroom.protocol.VaultRecord;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.Wire;
import strongroom.protocol.attest.TpmChallenge;
import strongroom.protocol.attest.TpmIdentity;
import strongroom.protocol.attest.TpmProof;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.policy.PolicyKind;
import strongroom.protocol.policy.SignedPolicy;
import strongroom.protocol.posture.KeyProof;
import strongroom.protocol.share.Evaluation;
import strongroom.protocol.share.Lease;
import strongroom.protocol.share.LeaseRequest;
import strongroom.protocol.share.ShareKey;
import strongroom.vault.sync.SyncException.Why;
import strongroom.vault.sync.tls.PinnedTls;

/// The device port over HTTP; `docs/wire-protocol.md` has every call. Safe for several threads.
public final class ServerConnection implements SyncServer {
    private static final int SMALL = 1 << 16;
    private static final int LIST = 8 << 20;
    private static final ContentType PKCS10 = ContentType.create("application/pkcs10");
    /// A page of commits: the server fills it up to 16 MiB, or with one commit that is longer.
    private static final int COMMITS = Commit.BODY_LIMIT + (16 << 20);

    private final HttpChannel http;

    /// @param tls to the port for devices
    public ServerConnection(PinnedTls tls) {
        this.http = new HttpChannel(tls);
    }

    /// Reads a body; what does not parse is a server that does not keep to the protocol.
    interface Form<T> {
        T of(byte[] body) throws MalformedException;
    }

    static <T> T parsed(byte[] body, Form<T> form) throws SyncException {
        try {
            return form.of(body);
        } catch (MalformedException e) {
            throw new SyncException(
                    Why.CONTRADICTS, "The server sent what this program cannot read. Nothing of it was used.", e);
        }
    }

    @Override
    public Delivery orders(long after) throws SyncException {
        HttpChannel.Answer answer = http.get("/v1/orders?after=" + after, LIST);
        Instant time = answer.serverTime();
        return new Delivery(parsed(answer.body(), SignedOrder::listOf), time == null ? Instant.MAX : time);
    }

    @Override
    public void receipt(Id order, Signed receipt) throws SyncException {
        http.send("POST", "/v1/orders/" + order + "/receipts", receipt.toByteArray(), HttpChannel.CANONICAL, SMALL);
    }

    @Override
    public void selfDestruction(Signed statement, @Nullable Signed receipt) throws SyncException {
        CanonicalWriter out = new CanonicalWriter();
        statement.write(out);
        out.bool(receipt != null);
        if (receipt != null) {
            receipt.write(out);
        }
        http.send("POST", "/v1/self-destruction", out.toByteArray(), HttpChannel.CANONICAL, SMALL);
    }

    @Override
    public List<VaultRecord> vaults() throws SyncException {
        return parsed(http.get("/v1/vaults", LIST).body(), VaultRecord::listOf);
    }

    @Override
    public void createVault(Id vault, Signed key) throws SyncException {
        http.send("PUT", "/v1/vaults/" + vault, key.toByteArray(), HttpChannel.CANONICAL, SMALL);
    }

    @Override
    public List<Commit> commits(Id vault, long after) throws SyncException {
        return parsed(
                http.get("/v1/vaults/" + vault + "/commits?after=" + after, COMMITS)
                        .body(),
                Commit::listOf);
    }

    @Override
    public void append(Id vault, Commit commit) throws SyncException {
        http.send("POST", "/v1/vaults/" + vault + "/commits", commit.toByteArray(), HttpChannel.CANONICAL, SMALL);
    }

    @Override
    public List<Digest> missing(Id vault, List<Digest> chunks) throws SyncException {
        byte[] question = new CanonicalWriter()
                .list(chunks, (out, chunk) -> chunk.write(out))
                .toByteArray();
        String path = "/v1/vaults/" + vault + "/chunks/missing";
        byte[] answer =
                http.send("POST", path, question, HttpChannel.CANONICAL, LIST).body();
        return parsed(answer, body -> {
            CanonicalReader in = new CanonicalReader(body);
            List<Digest> missing = in.list(Wire.CHUNK_PAGE, Digest::read);
            in.end();
            return missing;
        });
    }

    @Override
    public void putChunk(Id vault, Digest chunk, byte[] ciphertext) throws SyncException {
        http.send("PUT", chunkPath(vault, chunk), ciphertext, ContentType.APPLICATION_OCTET_STREAM, SMALL);
    }

    @Override
    public Optional<byte[]> chunk(Id vault, Digest chunk) throws SyncException {
        return found(() -> http.get(chunkPath(vault, chunk), Wire.CHUNK_LIMIT).body());
    }

    @Override
    public List<DeviceRecord> devices() throws SyncException {
        return parsed(http.get("/v1/devices", LIST).body(), DeviceRecord::listOf);
    }

    @Override
    public void putGrant(Id device, Signed grant) throws SyncException {
        http.send("PUT", "/v1/devices/" + device + "/grant", grant.toByteArray(), HttpChannel.CANONICAL, SMALL);
    }

    @Override
    public Optional<Signed> grant() throws SyncException {
        return found(() -> parsed(http.get("/v1/grant", SMALL).body(), Signed::of));
    }

    @Override
    public Optional<Signed> recoveryKey() throws SyncException {
        return found(() -> parsed(http.get("/v1/recovery-key", SMALL).body(), Signed::of));
    }

    @Override
    public Optional<Signed> recoveryGrant() throws SyncException {
        return found(() -> parsed(http.get("/v1/recovery-grant", SMALL).body(), Signed::of));
    }

    @Override
    public void putRecoveryGrant(Signed grant) throws SyncException {
        http.send("PUT", "/v1/recovery-grant", grant.toByteArray(), HttpChannel.CANONICAL, SMALL);
    }

    @Override
    public byte[] renewCertificate(byte[] signingRequest) throws SyncException {
        return http.send("POST", "/v1/certificate", signingRequest, PKCS10, SMALL)
                .body();
    }

    @Override
    public Optional<SignedPolicy> policy(PolicyKind<?> kind) throws SyncException {
        return found(() -> parsed(http.get("/v1/" + kind.path(), SMALL).body(), SignedPolicy::of));
    }

    @Override
    public ShareKey registerShare(Id slot, VerifyingKey confirmation) throws SyncException {
        CanonicalWriter key = new CanonicalWriter();
        confirmation.write(key);
        byte[] answer = http.send("PUT", "/v1/share/" + slot, key.toByteArray(), HttpChannel.CANONICAL, SMALL)
                .body();
        return parsed(answer, ShareKey::of);
    }

    @Override
    public Answer evaluateShare(Id slot, byte[] element) throws SyncException {
        try {
            byte[] answer = http.send(
                            "POST",
                            sharePath(slot, "evaluations"),
                            element,
                            ContentType.APPLICATION_OCTET_STREAM,
                            SMALL)
                    .body();
            return new Answer.Evaluated(parsed(answer, Evaluation::of));
        } catch (SyncException e) {
            if (e.refusal() == Refusal.PAUSED) {
                return new Answer.Paused(e.pause());
            }
            throw e;
        }
    }

    @Override
    public void confirmShare(Id slot, Signed confirmation) throws SyncException {
        http.send("POST", sharePath(slot, "confirmations"), confirmation.toByteArray(), HttpChannel.CANONICAL, SMALL);
    }

    @Override
    public Lease.Granted lease(Id slot, LeaseRequest request) throws SyncException {
        byte[] answer = http.send(
                        "POST", sharePath(slot, "leases"), request.toByteArray(), HttpChannel.CANONICAL, SMALL)
                .body();
        return parsed(answer, Lease.Granted::of);
    }

    @Override
    public KeyProof report(Signed report) throws SyncException {
        byte[] answer = http.send("PUT", "/v1/posture", report.toByteArray(), HttpChannel.CANONICAL, SMALL)
                .body();
        return parsed(answer, KeyProof::of);
    }

    @Override
    public TpmChallenge challenge(TpmIdentity tpm) throws SyncException {
        byte[] answer = http.send("POST", "/v1/tpm/challenges", tpm.toByteArray(), HttpChannel.CANONICAL, SMALL)
                .body();
        return parsed(answer, TpmChallenge::of);
    }

    @Override
    public KeyProof prove(TpmProof proof) throws SyncException {
        byte[] answer = http.send("POST", "/v1/tpm/proofs", proof.toByteArray(), HttpChannel.CANONICAL, SMALL)
                .body();
        return parsed(answer, KeyProof::of);
    }

    private static String sharePath(Id slot, String what) {
        return "/v1/share/" + slot + "/" + what;
    }

    private static String chunkPath(Id vault, Digest chunk) {
        return "/v1/vaults/" + vault + "/chunks/" + chunk;
    }

    interface Question<T> {
        T ask() throws SyncException;
    }

    static <T> Optional<T> found(Question<T> question) throws SyncException {
        try {
            return Optional.of(question.ask());
        } catch (SyncException e) {
            if (e.refusal() == Refusal.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
