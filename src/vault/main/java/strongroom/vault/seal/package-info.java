/// Seals the device secret to this machine: TPM, OS keystore, or nothing but the passphrase; and the server's
/// share for as long as a lease runs. Depends on `crypto` alone; knows nothing of the store. Start with
/// {@link strongroom.vault.seal.KeySealer}.
package strongroom.vault.seal;
