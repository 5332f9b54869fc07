/// What is known of how devices stand: where their keys are, shown by their TPMs, and what they report of themselves.
/// Depends on `device`. Start with {@link strongroom.server.posture.TpmProofs}.
@org.jspecify.annotations.NullMarked
package strongroom.server.posture;
