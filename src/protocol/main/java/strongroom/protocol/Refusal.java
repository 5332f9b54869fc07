package strongroom.protocol;

/// Why a server refused a request, in the header {@link Wire#REFUSAL}; the name of the constant is what is sent.
public enum Refusal {
    /// No such enrolment code.
    CODE_UNKNOWN,
    /// The code was used by another request.
    CODE_USED,
    /// The code is past its date.
    CODE_EXPIRED,
    /// The device is not active: only orders and receipts are open to it.
    DEVICE_NOT_ACTIVE,
    /// The log has a newer head than the commit's parent.
    HEAD_MOVED,
    /// The commit names a chunk that is not there.
    CHUNK_MISSING,
    /// The bytes of a chunk are not the ones announced, or another content stands there already.
    CHUNK_DIFFERS,
    /// No such thing, or not for this device.
    NOT_FOUND,
    /// Not a valid request; nothing of it was used.
    MALFORMED,
    /// The signature is not an administrator's, is old, or was seen before.
    NOT_ADMINISTRATOR,
    /// Larger than allowed.
    TOO_LARGE,
    /// It contradicts what is there already.
    CONFLICT,
    /// Too many tries; the header `Retry-After` says how many seconds to wait.
    PAUSED,
    /// The server has no room left.
    NO_ROOM
}
