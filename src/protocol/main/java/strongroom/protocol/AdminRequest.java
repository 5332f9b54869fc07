package strongroom.protocol;

import java.time.Instant;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// Authorises one request to the administrators' port: the administrator's key signs what is asked, once.
///
/// @param nonce never used before; the server keeps them as long as `at` is accepted
/// @param at when it was signed; good for five minutes
/// @param method HTTP method
/// @param path path and query
/// @param body SHA-256 of the body
public record AdminRequest(Id nonce, Instant at, String method, String path, Digest body) {
    private static final int TEXT_LIMIT = 2048;

    /// Reads a request that `administrator` signed.
    public static AdminRequest open(Signed signed, VerifyingKey administrator) throws MalformedException {
        CanonicalReader in = new CanonicalReader(signed.open(administrator, Signed.Purpose.ADMIN_REQUEST));
        AdminRequest request =
                new AdminRequest(Id.read(in), in.instant(), in.text(TEXT_LIMIT), in.text(TEXT_LIMIT), Digest.read(in));
        in.end();
        return request;
    }

    /// Has an administrator's key sign this request.
    public Signed sign(Signer administrator) throws Signer.SigningException {
        CanonicalWriter out = new CanonicalWriter();
        nonce.write(out);
        out.instant(at).text(method).text(path);
        body.write(out);
        return Signed.by(administrator, Signed.Purpose.ADMIN_REQUEST, out.toByteArray());
    }
}
