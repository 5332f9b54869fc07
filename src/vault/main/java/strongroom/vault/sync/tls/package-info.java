/// Mutual TLS 1.3 to one organisation's server: path validation and pins, and why a channel was refused; nothing
/// else. Depends on `identity` and `protocol`. Start with {@link strongroom.vault.sync.tls.PinnedTls}.
package strongroom.vault.sync.tls;
