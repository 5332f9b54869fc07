/// A TPM 2.0 behind a typed command layer of our own: of the wire format there is as much as sealing takes, every
/// secret crosses it encrypted (TCG TPM 2.0 Library, Part 1 §21). Depends on `crypto` and the seams of `seal`.
/// Start with {@link strongroom.vault.seal.tpm.TpmSealer}.
package strongroom.vault.seal.tpm;
