package strongroom.server.admin;

import strongroom.protocol.DeviceRecord;
import strongroom.protocol.EnrolmentProof;
import strongroom.server.share.ShareReport;

/// A device whose enrolment was checked against the root.
///
/// @param record what the server says of it
/// @param proof what the code signed when it came in
/// @param share how it stands to the server's share, as the server says
public record KnownDevice(DeviceRecord record, EnrolmentProof.Verified proof, ShareReport share) {}
