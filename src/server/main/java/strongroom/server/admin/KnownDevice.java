package strongroom.server.admin;

import strongroom.protocol.DeviceRecord;
import strongroom.protocol.EnrolmentProof;

/// A device whose enrolment was checked against the root.
///
/// @param record what the server says of it
/// @param proof what the code signed when it came in
public record KnownDevice(DeviceRecord record, EnrolmentProof.Verified proof) {}
