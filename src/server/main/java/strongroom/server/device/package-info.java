/// Devices: how they come in, the certificates they get, where they stand, and the keys their siblings grant them.
/// Depends on `people`, `db`, `events` and `refusal`. Start with {@link strongroom.server.device.Enrolment}.
package strongroom.server.device;
