/// The keystore of the operating system: KWallet by its own interface; Secret Service, Keychain and Credential
/// Manager by java-keyring. Depends on `crypto` and the seams of `seal`. Start with {@link
/// strongroom.vault.seal.keystore.KeystoreSealer}.
package strongroom.vault.seal.keystore;
