package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionsTest extends TwoDevices {
    static String read(Device device, Item document, Version version) throws Exception {
        try (InputStream in = device.documents.versions().open(document.id(), version.revision())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everySaveKeepsWhatWasThereBefore() throws Exception {
        Item plan = one.save("plan.txt", "one");
        one.save("plan.txt", "two");
        one.save("plan.txt", "three");
        one.reopen();

        List<Version> versions = one.documents.versions().list(plan.id());

        assertEquals(List.of(2, 1), versions.stream().map(Version::number).toList());
        assertEquals("two", read(one, plan, versions.get(0)));
        assertEquals("one", read(one, plan, versions.get(1)));
        assertEquals("three", one.read("plan.txt"));
        assertEquals(List.of(), one.store.verify(true, VerifyWatch.NONE).damages());
    }

    @Test
    void anEarlierVersionThatIsRestoredLosesNothing() throws Exception {
        Item plan = one.save("plan.txt", "one");
        one.save("plan.txt", "two");
        Version first = one.documents.versions().list(plan.id()).getFirst();

        one.documents.versions().restore(plan.id(), first.revision());

        assertEquals("one", one.read("plan.txt"));
        assertEquals(3, one.documents.entry(plan.id()).version());
        assertEquals(
                "two", read(one, plan, one.documents.versions().list(plan.id()).getFirst()));
    }

    @Test
    void aNewDeviceFetchesEarlierVersionsOnlyWhenSomebodyOpensOne() throws Exception {
        Item plan = one.save("plan.txt", "one");
        one.save("plan.txt", "two");
        server.sync(one.exchange, one.vault);
        one.store.applyIncoming();

        two.exchange.incoming(two.vault, server.log);
        two.store.applyIncoming();
        server.pull(two.exchange, two.vault);

        assertEquals("two", two.read("plan.txt"));
        Version first = two.documents.versions().list(plan.id()).getFirst();
        assertFalse(first.local());
        VaultStoreTest.assertRefused(
                StoreException.Why.NOT_LOCAL, () -> two.documents.versions().open(plan.id(), first.revision()));

        server.pull(two.exchange, two.vault);

        assertTrue(two.documents.versions().list(plan.id()).getFirst().local());
        assertEquals("one", read(two, plan, first));
    }

    @Test
    void bytesThatAnotherDocumentNeedsAsWellComeAllTheSame() throws Exception {
        one.save("plan.txt", "one");
        one.save("copy.txt", "one");
        syncAll();
        two.documents.localCopies().evict(two.root());
        two.documents.localCopies().fetch(two.documents.find("copy.txt").id());

        one.save("plan.txt", "two");
        server.sync(one.exchange, one.vault);
        two.exchange.incoming(
                two.vault, server.after(two.exchange.head(two.vault).sequence()));
        two.store.applyIncoming();
        server.pull(two.exchange, two.vault);

        assertEquals("one", two.read("copy.txt"));
        assertEquals("two", two.read("plan.txt"));
    }

    @Test
    void aDestroyedVersionIsGoneAndTheOthersStay() throws Exception {
        Item plan = one.save("plan.txt", "one");
        one.save("plan.txt", "two");
        one.save("plan.txt", "three");
        Version first = one.documents.versions().list(plan.id()).getLast();

        one.documents.versions().purge(plan.id(), first.revision());

        List<Version> left = one.documents.versions().list(plan.id());
        assertEquals(List.of(2), left.stream().map(Version::number).toList());
        assertEquals("two", read(one, plan, left.getFirst()));
        assertEquals("three", one.read("plan.txt"));
        VaultStoreTest.assertRefused(
                StoreException.Why.NOT_FOUND, () -> one.documents.versions().open(plan.id(), first.revision()));
    }

    @Test
    void versionsThatShareTheirBytesAreStoredOnce() throws Exception {
        String text = "the same again and again ".repeat(20_000);
        one.save("plan.txt", text);
        long once = one.store.verify(false, VerifyWatch.NONE).chunks();
        for (int i = 0; i < 5; i++) {
            one.save("plan.txt", text);
        }

        assertEquals(once, one.store.verify(false, VerifyWatch.NONE).chunks());
    }
}
