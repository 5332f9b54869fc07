package strongroom.server.admin;

import org.jspecify.annotations.Nullable;
import strongroom.protocol.DeviceRecord;
import strongroom.protocol.EnrolmentProof;
import strongroom.protocol.posture.KeyProof;
import strongroom.protocol.posture.PostureReport;
import strongroom.server.share.ShareReport;

/// A device whose enrolment was checked against the root.
///
/// @param record what the server says of it
/// @param proof what the code signed when it came in
/// @param share how it stands to the server's share, as the server says
/// @param key what the server has seen of where its TLS keys are
/// @param report what the device last said of itself, signed by it; null if it said nothing yet
public record KnownDevice(
        DeviceRecord record,
        EnrolmentProof.Verified proof,
        ShareReport share,
        KeyProof key,
        @Nullable PostureReport report) {
    /// Whether the device says that its TLS key is in a TPM.
    public boolean saysTpm() {
        return report == null ? proof.request().assurance().equals("hardware") : report.keyInTpm();
    }
}
