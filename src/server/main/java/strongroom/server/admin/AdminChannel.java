package strongroom.server.admin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import strongroom.protocol.AdminRequest;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signer;
import strongroom.protocol.Wire;
import strongroom.protocol.codec.MalformedException;

/// Sends requests to the administrators' port: to the pinned key alone, each signed for itself.
final class AdminChannel implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AdminHome.Credentials credentials;
    private final URI server;
    private final HttpClient http;
    private final Clock clock;
    private final SecureRandom random;

    AdminChannel(AdminHome.Credentials credentials, URI server, Clock clock, SecureRandom random)
            throws AdminException {
        this.credentials = credentials;
        this.server = server;
        this.clock = clock;
        this.random = random;
        try {
            SSLContext tls = SSLContext.getInstance("TLSv1.3");
            PinnedTrust trust =
                    new PinnedTrust(credentials.organisation().pins().pins());
            tls.init(null, new TrustManager[] {trust}, random);
            this.http = HttpClient.newBuilder()
                    .sslContext(tls)
                    .connectTimeout(PATIENCE)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
        } catch (GeneralSecurityException | MalformedException e) {
            throw new AdminException("The pins of the organisation cannot be used.", e);
        }
    }

    byte[] get(String path) throws AdminException {
        return accepted(send("GET", path, new byte[0]));
    }

    /// What is there, or nothing if the server has no such thing.
    Optional<byte[]> find(String path) throws AdminException {
        HttpResponse<byte[]> response = send("GET", path, new byte[0]);
        return refusal(response).equals(Refusal.NOT_FOUND.name()) ? Optional.empty() : Optional.of(accepted(response));
    }

    void post(String path, byte[] body) throws AdminException {
        accepted(send("POST", path, body));
    }

    void put(String path, byte[] body) throws AdminException {
        accepted(send("PUT", path, body));
    }

    private static byte[] accepted(HttpResponse<byte[]> response) throws AdminException {
        if (response.statusCode() / 100 == 2) {
            return response.body();
        }
        throw new AdminException("The server refused (" + refusal(response) + "): "
                + new String(response.body(), StandardCharsets.UTF_8).strip());
    }

    private static String refusal(HttpResponse<byte[]> response) {
        return response.headers().firstValue(Wire.REFUSAL).orElse("HTTP " + response.statusCode());
    }

    private HttpResponse<byte[]> send(String method, String path, byte[] body) throws AdminException {
        try {
            HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                    .timeout(PATIENCE)
                    .header(Wire.ADMINISTRATOR, authorisation(method, path, body))
                    .header("Content-Type", Wire.MEDIA_TYPE)
                    .method(
                            method,
                            body.length == 0
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException | Signer.SigningException e) {
            throw new AdminException("The server at " + server + " cannot be reached: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminException("Interrupted.", e);
        }
    }

    private String authorisation(String method, String path, byte[] body) throws Signer.SigningException {
        AdminRequest request = new AdminRequest(Id.random(random), clock.instant(), method, path, Digest.sha256(body));
        Base64.Encoder base64 = Base64.getEncoder();
        return base64.encodeToString(credentials.certificate().toByteArray())
                + "."
                + base64.encodeToString(request.sign(credentials.signer()).toByteArray());
    }

    @Override
    public void close() {
        http.close();
    }
}
