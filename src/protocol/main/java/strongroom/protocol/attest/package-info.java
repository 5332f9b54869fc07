/// What a TPM says of the keys in it, how that is checked, and how a TPM shows that it is the one that says so (TCG TPM
/// 2.0 Library, Parts 1 and 2). Depends on `codec` and the JDK. Start with
/// {@link strongroom.protocol.attest.KeyCertification}, and for who says so with
/// {@link strongroom.protocol.attest.TpmChallenge}.
@org.jspecify.annotations.NullMarked
package strongroom.protocol.attest;
