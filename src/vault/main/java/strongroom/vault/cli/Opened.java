package strongroom.vault.cli;

import strongroom.vault.client.ClientException;
import strongroom.vault.client.Library;
import strongroom.vault.client.VaultClient;

/// How a verb reaches the vault: by opening it for this one command, or through the session of a batch.
interface Opened {
    /// What a verb does with a client.
    interface ClientUse<T> {
        T apply(VaultClient client) throws ClientException;
    }

    /// What a verb does with an open library.
    interface LibraryUse<T> {
        T apply(VaultClient client, Library library) throws ClientException;
    }

    Terminal terminal();

    <T> T withClient(ClientUse<T> use) throws ClientException;

    <T> T withLibrary(LibraryUse<T> use) throws ClientException;
}
