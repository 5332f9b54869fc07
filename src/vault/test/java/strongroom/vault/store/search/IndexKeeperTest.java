package strongroom.vault.store.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Id;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.store.StoreException;

class IndexKeeperTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path home;

    private final SecretBytes key = SecretBytes.random(32, RANDOM);
    private final Shelf shelf = new Shelf(RANDOM);
    private final BlockingQueue<String> rounds = new LinkedBlockingQueue<>();
    private SearchIndex index;
    private IndexKeeper keeper;

    @BeforeEach
    void open() throws StoreException {
        index = SearchIndex.open(home.resolve("search"), key, shelf, RANDOM);
    }

    @AfterEach
    void close() {
        keeper.close();
        index.close();
        key.close();
    }

    private void keep() {
        keeper = new IndexKeeper(
                () -> index,
                shelf,
                (done, total) -> {
                    if (done == total) {
                        rounds.add("in step");
                    }
                },
                e -> rounds.add("failed " + e.why()));
    }

    private String next() throws InterruptedException {
        return String.valueOf(rounds.poll(60, TimeUnit.SECONDS));
    }

    @Test
    void whatIsThereAndWhatChangesIsBroughtInStepByItself() throws Exception {
        Id one = shelf.put("one", "alpha");
        keep();
        assertEquals("in step", next());
        assertEquals(one, index.search("alpha", 5).getFirst().entry());

        Id two = shelf.put("two", "beta");
        keeper.changed();
        assertEquals("in step", next());

        assertEquals(two, index.search("beta", 5).getFirst().entry());
    }

    @Test
    void afterTheCloseNothingBegins() throws Exception {
        keep();
        assertEquals("in step", next());
        keeper.close();
        shelf.put("one", "alpha");
        keeper.changed();

        index.expunge();

        assertEquals(0, index.search("alpha", 5).size());
        assertTrue(rounds.isEmpty());
    }
}
