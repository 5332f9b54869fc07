/// The TPM of a Windows machine, by the Platform Crypto Provider of Windows: the system lets no program of a
/// user at the commands that `seal.tpm` would need. Depends on `crypto`, `platform` and the seams of `seal`.
/// Start with {@link strongroom.vault.seal.windows.PlatformSealer}.
package strongroom.vault.seal.windows;
