/// What a TPM says of the keys in it, and how that is checked (TCG TPM 2.0 Library, Part 2). Depends on `codec` and
/// the JDK. Start with {@link strongroom.protocol.attest.KeyCertification}.
@org.jspecify.annotations.NullMarked
package strongroom.protocol.attest;
