/// Secrets and the primitives of the JDK and of Bouncy Castle behind small types with safe parameters; no
/// primitive of our own. Depends on `protocol`. Start with {@link strongroom.vault.crypto.SecretBytes}.
package strongroom.vault.crypto;
