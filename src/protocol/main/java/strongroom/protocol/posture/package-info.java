/// What a device says of itself and what its server knows of it. Depends on the protocol's own records and `codec`.
/// Start with {@link strongroom.protocol.posture.PostureReport}.
@org.jspecify.annotations.NullMarked
package strongroom.protocol.posture;
