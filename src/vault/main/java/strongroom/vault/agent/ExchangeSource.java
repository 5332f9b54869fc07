package strongroom.vault.agent;

import strongroom.vault.home.Home;
import strongroom.vault.store.Exchange;
import strongroom.vault.store.StoreException;

/// Opens the agent's side of a home's store.
@FunctionalInterface
interface ExchangeSource {
    Exchange open(Home home) throws StoreException;
}
