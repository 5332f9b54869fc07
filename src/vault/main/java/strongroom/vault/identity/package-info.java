/// What this laptop is to the organisation: its sealed device keys, its certificate, the organisation it believes.
/// It authenticates the machine and opens nothing of the vault. Depends on `home`, `crypto`, `seal` and `protocol`.
/// Start with {@link strongroom.vault.identity.DeviceIdentity}.
package strongroom.vault.identity;
