/// Orders of the organisation: verify, obey, destroy, tell. Destroying needs no key of the vault and no network, so
/// an order works on a locked vault. Depends on `home`, `seal`, `slot`, `identity` and `protocol`. Start with
/// {@link strongroom.vault.wipe.Wiper}.
package strongroom.vault.wipe;
