/// Seals to nothing but what the user knows. Depends on `crypto` and the seams of `seal`. Start with
/// {@link strongroom.vault.seal.passphrase.PassphraseSealer}.
package strongroom.vault.seal.passphrase;
