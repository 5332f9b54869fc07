package strongroom.protocol.posture;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.protocol.Signed;
import strongroom.protocol.Signer;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// How a device stands, in its own words, signed by its statement key. Nobody else can say it for the device; that it
/// is true, the device alone answers for.
///
/// @param device which one
/// @param product version of this program
/// @param system name of the operating system
/// @param systemVersion its version, as it says
/// @param assurance what the slot that a PIN opens every day is bound to
/// @param keyInTpm whether its TLS key was made in a TPM
/// @param disk whether its home lies on an encrypted disk
/// @param at when, by the device's clock
/// @param notAsLeft when the device last found its folder not as it was left, that is set back to an older state or
///     without the counter that shows it; null if it never did
/// @param waysIn which ways into its store were shown to open; null if nobody opened it yet
public record PostureReport(
        Id device,
        String product,
        String system,
        String systemVersion,
        SlotAssurance assurance,
        boolean keyInTpm,
        DiskState disk,
        Instant at,
        @Nullable Instant notAsLeft,
        @Nullable WaysIn waysIn) {
    // Of the earliest version in which everything can be said that there is to say.
    private static final int VERSION = 1;
    private static final int WITH_FINDING = 2;
    private static final int WITH_WAYS_IN = 3;
    private static final int TEXT_LIMIT = 256;

    /// Reads a report that `device` signed. @throws MalformedException also if it is of a later version
    public static PostureReport open(Signed signed, VerifyingKey device) throws MalformedException {
        CanonicalReader in = new CanonicalReader(signed.open(device, Signed.Purpose.POSTURE));
        int version = in.uint8();
        if (version < VERSION || version > WITH_WAYS_IN) {
            throw new MalformedException("a report of a later version");
        }
        PostureReport report = new PostureReport(
                Id.read(in),
                in.text(TEXT_LIMIT),
                in.text(TEXT_LIMIT),
                in.text(TEXT_LIMIT),
                SlotAssurance.read(in),
                in.bool(),
                DiskState.read(in),
                in.instant(),
                version == WITH_FINDING || version == WITH_WAYS_IN && in.bool() ? in.instant() : null,
                version == WITH_WAYS_IN ? WaysIn.read(in) : null);
        in.end();
        return report;
    }

    /// Has the device's statement key sign this report.
    public Signed sign(Signer statementKey) throws Signer.SigningException {
        int version = waysIn != null ? WITH_WAYS_IN : notAsLeft != null ? WITH_FINDING : VERSION;
        CanonicalWriter out = new CanonicalWriter().uint8(version);
        device.write(out);
        out.text(product).text(system).text(systemVersion);
        assurance.write(out);
        out.bool(keyInTpm);
        disk.write(out);
        out.instant(at);
        if (waysIn != null) {
            out.bool(notAsLeft != null);
        }
        if (notAsLeft != null) {
            out.instant(notAsLeft);
        }
        if (waysIn != null) {
            waysIn.write(out);
        }
        return Signed.by(statementKey, Signed.Purpose.POSTURE, out.toByteArray());
    }
}
