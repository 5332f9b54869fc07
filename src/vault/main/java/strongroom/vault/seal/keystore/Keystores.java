package strongroom.vault.seal.keystore;

import strongroom.vault.seal.SealException;

/// The keystores of the signed-in user.
interface Keystores {
    /// The one that keeps new keys in this session; it may be locked.
    ///
    /// @throws SealException with `ABSENT` if there is none
    Backend present() throws SealException;

    /// That one and no other, unlocked when this returns.
    ///
    /// @throws SealException with `LOCKED`; with `ELSEWHERE` if another one is here in its place; with `ABSENT`
    /// if none is
    Keystore open(Backend backend) throws SealException;
}
