package strongroom.protocol.policy;

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
    public static SignedPolicy of(Policy policy, Signed administrator, Signer key) throws Signer.SigningException {
        return new SignedPolicy(administrator, Signed.by(key, policy.kind().purpose(), policy.toByteArray()));
    }

    /// What it says, if the root certified the administrator, who was one when they signed it. The number is the
    /// reader's to compare.
    ///
    /// @param kind what is expected: a policy of another kind is none
    /// @throws MalformedException if a link does not hold: the policy is nobody's
    public <P extends Policy> P verify(PolicyKind<P> kind, Organisation organisation) throws MalformedException {
        return kind.parse(policy.open(signer(kind, organisation).key(), kind.purpose()));
    }

    /// The name of the administrator who signed it. @throws MalformedException if the policy is nobody's
    public String signedBy(PolicyKind<?> kind, Organisation organisation) throws MalformedException {
        verify(kind, organisation);
        return signer(kind, organisation).name();
    }

    private KeyCertificate signer(PolicyKind<?> kind, Organisation organisation) throws MalformedException {
        Policy claimed = kind.parse(policy.unverifiedPayload());
        return organisation.administrator(administrator, claimed.issued());
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
