package strongroom.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import strongroom.protocol.Commit;
import strongroom.protocol.CommitHeader;
import strongroom.protocol.Digest;
import strongroom.protocol.EnrolmentReply;
import strongroom.protocol.Grant;
import strongroom.protocol.Id;
import strongroom.protocol.Receipt;
import strongroom.protocol.Refusal;
import strongroom.protocol.SignedOrder;
import strongroom.protocol.Signer;
import strongroom.protocol.Wire;
import strongroom.protocol.WrappedVaultKey;

/// A device that speaks the protocol and nothing more.
final class DeviceClient implements AutoCloseable {
    final TestOrganisation organisation;
    final DeviceKeys keys;
    final EnrolmentReply reply;
    final HttpClient http;

    DeviceClient(TestOrganisation organisation, DeviceKeys keys, EnrolmentReply reply) {
        this.organisation = organisation;
        this.keys = keys;
        this.reply = reply;
        this.http = TestOrganisation.client(new OneKey(keys.tls().getPrivate(), certificate(reply.certificate())));
    }

    static X509Certificate certificate(byte[] encoded) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (CertificateException e) {
            throw new AssertionError(e);
        }
    }

    Id id() {
        return reply.device();
    }

    Id person() {
        return reply.person();
    }

    HttpResponse<byte[]> send(String method, String path, byte[] body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(organisation.deviceUri().resolve(path))
                        .timeout(Duration.ofSeconds(60))
                        .method(
                                method,
                                body.length == 0
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send("GET", path, new byte[0]);
    }

    /// Opens the stream of events.
    HttpResponse<InputStream> events() throws IOException, InterruptedException {
        return events(HttpClient.Version.HTTP_2);
    }

    HttpResponse<InputStream> events(HttpClient.Version version) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(organisation.deviceUri().resolve("/v1/events"))
                        .version(version)
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    /// Makes a vault. @return its id
    Id createVault() throws Exception {
        Id vault = Id.random(organisation.random);
        require(204, putVault(vault, 1, new byte[] {7}));
        return vault;
    }

    HttpResponse<byte[]> putVault(Id vault, int epoch, byte[] sealed) throws Exception {
        return send(
                "PUT",
                "/v1/vaults/" + vault,
                new WrappedVaultKey(vault, epoch, person(), sealed)
                        .sign(keys.person())
                        .toByteArray());
    }

    Commit commit(Id vault, long sequence, Digest parent, byte[] body, List<Digest> chunks)
            throws Signer.SigningException {
        return Commit.of(
                new CommitHeader(vault, sequence, parent, 1, person(), id(), Digest.sha256(body), chunks),
                body,
                keys.person());
    }

    HttpResponse<byte[]> append(Id vault, Commit commit) throws IOException, InterruptedException {
        return send("POST", "/v1/vaults/" + vault + "/commits", commit.toByteArray());
    }

    HttpResponse<byte[]> putChunk(Id vault, Digest chunk, byte[] bytes) throws IOException, InterruptedException {
        return send("PUT", "/v1/vaults/" + vault + "/chunks/" + chunk, bytes);
    }

    HttpResponse<byte[]> getChunk(Id vault, Digest chunk) throws IOException, InterruptedException {
        return get("/v1/vaults/" + vault + "/chunks/" + chunk);
    }

    List<Commit> commits(Id vault, long after) throws Exception {
        return Commit.listOf(require(200, get("/v1/vaults/" + vault + "/commits?after=" + after)));
    }

    List<SignedOrder> orders(long after) throws Exception {
        return SignedOrder.listOf(require(200, get("/v1/orders?after=" + after)));
    }

    HttpResponse<byte[]> receipt(Id order, Receipt.Stage stage) throws Exception {
        Receipt receipt = new Receipt(order, id(), stage, Instant.now(), List.of("3 keys"), List.of());
        return send(
                "POST",
                "/v1/orders/" + order + "/receipts",
                receipt.sign(keys.statement()).toByteArray());
    }

    HttpResponse<byte[]> grant(Id device) throws Exception {
        return send(
                "PUT",
                "/v1/devices/" + device + "/grant",
                new Grant(device, person(), new byte[] {9}).sign(keys.person()).toByteArray());
    }

    static byte[] require(int status, HttpResponse<byte[]> response) {
        if (response.statusCode() != status) {
            throw new AssertionError(response.statusCode() + " instead of " + status + ": "
                    + new String(response.body(), StandardCharsets.UTF_8));
        }
        return response.body();
    }

    static void requireRefused(int status, Refusal refusal, HttpResponse<byte[]> response) {
        require(status, response);
        String said = response.headers().firstValue(Wire.REFUSAL).orElse("");
        if (!said.equals(refusal.name())) {
            throw new AssertionError(said + " instead of " + refusal);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
