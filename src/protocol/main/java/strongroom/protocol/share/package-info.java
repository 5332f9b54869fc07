/// The server's share of a device's key: what it takes part in (policy), what it answers (RFC 9497), and for how long a
/// laptop may go without it (lease).
@org.jspecify.annotations.NullMarked
package strongroom.protocol.share;
