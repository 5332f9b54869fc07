/// The Secure Enclave of a Mac, by the Security framework. Depends on `crypto`, `platform` and the seams of
/// `seal`. Start with {@link strongroom.vault.seal.mac.SecureEnclaveSealer}.
package strongroom.vault.seal.mac;
