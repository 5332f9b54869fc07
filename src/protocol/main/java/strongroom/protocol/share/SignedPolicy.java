package strongroom.protocol.share;

import strongroom.protocol.KeyCertificate;
import strongroom.protocol.Organisation;
import strongroom.protocol.Signed;
import strongroom.protocol.Signer;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// A policy with the signature of an administrator and the certificate that makes them one. The server carries it
/// and cannot make one.
///
/// @param administrator the certificate, signed by the root
/// @param policy the policy, signed by the administrator
public record SignedPolicy(Signed administrator, Signed policy) {
    /// Signs a policy.
    public static SignedPolicy of(SharePolicy policy, Signed administrator, Signer key) throws Signer.SigningException {
        return new SignedPolicy(administrator, Signed.by(key, Signed.Purpose.SHARE_POLICY, policy.toByteArray()));
    }

    /// What it says, if the root certified the administrator, who was one when they signed it. The number is the
    /// reader's to compare.
    ///
    /// @throws MalformedException if a link does not hold: the policy is nobody's
    public SharePolicy verify(Organisation organisation) throws MalformedException {
        SharePolicy claimed = SharePolicy.parse(policy.unverifiedPayload());
        KeyCertificate admin = organisation.administrator(administrator, claimed.issued());
        return SharePolicy.parse(policy.open(admin.key(), Signed.Purpose.SHARE_POLICY));
    }

    /// Reads from bytes that hold nothing else; verifies nothing.
    public static SignedPolicy of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        SignedPolicy policy = new SignedPolicy(Signed.read(in), Signed.read(in));
        in.end();
        return policy;
    }

    /// In canonical bytes.
    public byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter();
        administrator.write(out);
        policy.write(out);
        return out.toByteArray();
    }
}
