package strongroom.protocol.share;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Signed;
import strongroom.protocol.Signer;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.policy.SharePolicy;

/// For how long a laptop's TPM gives out the server's share without the server. The TPM itself holds to the
/// numbers of `from` and `until`: they are the operands of four TPM2_PolicyCounterTimer, which the lessor
/// approved (TPM2_PolicyAuthorize, TPM 2.0 Part 3 §23.10 and §23.16). The two times are for the wall clock,
/// which anybody can set, so it can only end a lease earlier.
///
/// A TPM compares when it is asked to, and its session does not forget it; so somebody who does not know the
/// PIN could have it compare while the lease runs and try PINs long afterwards. Therefore the lessor approves
/// no comparison before which the PIN was not shown (TPM2_PolicySecret, §23.4), and says to which object:
/// another one, whose PIN somebody knows, is another policy.
///
/// @param slot whose share it is
/// @param pinObject which checks the PIN, as in {@link LeaseRequest}
/// @param from what the TPM showed when it was asked for
/// @param until the last reading it is good for, each number for itself
/// @param issued by the server's clock
/// @param expires by the server's clock
public record Lease(Id slot, Digest pinObject, PowerClock from, PowerClock until, Instant issued, Instant expires) {
    private static final int POLICY_SECRET = 0x151;
    private static final int POLICY_COUNTER_TIMER = 0x16d;
    private static final int SHA256 = 0x000b;
    private static final int APPROVAL_LIMIT = 128;

    /// How often a machine may be resumed from sleep between two starts within a lease.
    public static final int RESUMES = 1000;

    /// One comparison with the TPMS_TIME_INFO of a TPM.
    ///
    /// @param operand big-endian, 4 or 8 bytes; not copied
    /// @param offset of what it is compared with
    /// @param operation TPM_EO
    public record Comparison(byte[] operand, int offset, int operation) {
        private static final int CLOCK = 8;
        private static final int RESETS = 16;
        private static final int RESTARTS = 20;
        private static final int AT_LEAST = 7; // TPM_EO_UNSIGNED_GE
        private static final int AT_MOST = 9; // TPM_EO_UNSIGNED_LE

        private static Comparison of(long operand, int operation) {
            return new Comparison(ByteBuffer.allocate(8).putLong(operand).array(), CLOCK, operation);
        }

        private static Comparison atMost(int operand, int offset) {
            return new Comparison(ByteBuffer.allocate(4).putInt(operand).array(), offset, AT_MOST);
        }
    }

    /// A lease with the lessor's two signatures: over its record, and over the policy as a TPM wants it.
    ///
    /// @param lease the record, signed
    /// @param approval ECDSA over SHA-256 of {@link #approved}, DER; not copied
    public record Granted(Signed lease, byte[] approval) {
        /// Reads from bytes that hold nothing else; verifies nothing.
        public static Granted of(byte[] encoded) throws MalformedException {
            CanonicalReader in = new CanonicalReader(encoded);
            Granted granted = new Granted(Signed.read(in), in.bytes(APPROVAL_LIMIT));
            in.end();
            return granted;
        }

        /// In canonical bytes.
        public byte[] toByteArray() {
            CanonicalWriter out = new CanonicalWriter();
            lease.write(out);
            return out.bytes(approval).toByteArray();
        }

        /// The lease, if the lessor signed both.
        public Lease verify(VerifyingKey lessor) throws MalformedException {
            Lease said = parse(lease.open(lessor, Signed.Purpose.LEASE));
            if (!lessor.verifies(said.approved(), approval)) {
                throw new MalformedException("the lessor did not approve the policy");
            }
            return said;
        }
    }

    /// A lease of `policy` from now on.
    ///
    /// @param policy of mode LEASE
    /// @throws ArithmeticException if no TPM can have counted as far as `from` says
    public static Lease of(Id slot, LeaseRequest request, SharePolicy policy, Instant now) {
        PowerClock from = request.clock();
        Duration length = Duration.ofHours(policy.leaseHours());
        PowerClock until = new PowerClock(
                Math.addExact(from.clock(), length.toMillis()),
                Math.addExact(from.resets(), policy.restarts()),
                Math.addExact(from.restarts(), policy.restarts() == 0 ? 0 : RESUMES));
        return new Lease(slot, request.pinObject(), from, until, now, now.plus(length));
    }

    /// Has the lessor sign it. @param lessor ECDSA P-256
    public Granted grant(Signer lessor) throws Signer.SigningException {
        return new Granted(Signed.by(lessor, Signed.Purpose.LEASE, toByteArray()), lessor.sign(approved()));
    }

    /// What a TPM compares, in this order, after the PIN was shown.
    public List<Comparison> comparisons() {
        return List.of(
                Comparison.of(from.clock(), Comparison.AT_LEAST),
                Comparison.of(until.clock(), Comparison.AT_MOST),
                Comparison.atMost(until.resets(), Comparison.RESETS),
                Comparison.atMost(until.restarts(), Comparison.RESTARTS));
    }

    /// The policy digest after the PIN was shown and the comparisons were made.
    public byte[] policyDigest() {
        byte[] secret = sha256(ByteBuffer.allocate(32 + 4 + 2 + Digest.SIZE)
                .put(new byte[32])
                .putInt(POLICY_SECRET)
                .putShort((short) SHA256)
                .put(pinObject.toByteArray())
                .array());
        // The policyRef of TPM2_PolicySecret is empty, and is hashed all the same.
        byte[] digest = sha256(secret);
        for (Comparison comparison : comparisons()) {
            byte[] arguments = sha256(ByteBuffer.allocate(comparison.operand.length + 4)
                    .put(comparison.operand)
                    .putShort((short) comparison.offset)
                    .putShort((short) comparison.operation)
                    .array());
            digest = sha256(ByteBuffer.allocate(32 + 4 + 32)
                    .put(digest)
                    .putInt(POLICY_COUNTER_TIMER)
                    .put(arguments)
                    .array());
        }
        return digest;
    }

    /// What the lessor signs for the TPM: the policy digest and the policyRef.
    public byte[] approved() {
        return ByteBuffer.allocate(64)
                .put(policyDigest())
                .put(policyRef(slot, pinObject))
                .array();
    }

    /// What a TPM object must name that opens by leases of this slot with this PIN; 32 bytes, as many as any
    /// TPM takes.
    public static byte[] policyRef(Id slot, Digest pinObject) {
        return sha256(ByteBuffer.allocate(Id.SIZE + Digest.SIZE)
                .put(slot.toByteArray())
                .put(pinObject.toByteArray())
                .array());
    }

    private static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Lease parse(byte[] payload) throws MalformedException {
        CanonicalReader in = new CanonicalReader(payload);
        Lease lease = new Lease(
                Id.read(in), Digest.read(in), PowerClock.read(in), PowerClock.read(in), in.instant(), in.instant());
        in.end();
        return lease;
    }

    private byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter();
        slot.write(out);
        pinObject.write(out);
        from.write(out);
        until.write(out);
        return out.instant(issued).instant(expires).toByteArray();
    }
}
