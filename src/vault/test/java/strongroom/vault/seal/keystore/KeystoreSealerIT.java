package strongroom.vault.seal.keystore;

/// The keystore sealer against a real gnome-keyring-daemon.
class KeystoreSealerIT extends KeyringContract<GnomeKeyring> {
    @Override
    protected GnomeKeyring start(Session session) throws Exception {
        return new GnomeKeyring(session);
    }
}
