package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import strongroom.protocol.Id;

class TrashTest extends TwoDevices {
    @Test
    void whatWasDestroyedIsNotListedAfterAnUnlockThoughTheServerHasItYet() throws Exception {
        MemoryServer server = new MemoryServer();
        try (Device laptop = Device.alone(folder)) {
            Id gone = laptop.save("gone", "text").id();
            laptop.save("kept", "text");
            server.sync(laptop.exchange, laptop.vault);
            laptop.store.applyIncoming();
            laptop.documents.remove(gone);
            laptop.documents.trash().purge(gone);

            laptop.reopen();

            assertEquals(
                    List.of("kept"),
                    laptop.documents.list(laptop.vault).stream().map(Item::name).toList());
        }
    }

    @Test
    void whatWasRemovedComesBackWhereItWasWithItsContent() throws Exception {
        Id inbox = one.documents.makeFolder(one.root(), "Inbox").id();
        Item letter = one.documents.save(inbox, "Letter.txt", Device.NOW, Device.stream("Dear Charles"), 12);

        one.documents.remove(letter.id());
        one.reopen();

        assertEquals(
                List.of(new Removed(letter.id(), false, "Letter.txt", "Inbox", Device.NOW, 1, 12)),
                one.documents.trash().list());

        one.documents.trash().restore(letter.id());

        assertEquals("Dear Charles", one.read("Inbox/Letter.txt"));
        assertEquals(List.of(), one.documents.trash().list());
    }

    @Test
    void aFolderAndWhatWasRemovedWithItAreOneThing() throws Exception {
        Id outer = one.documents.makeFolder(one.root(), "Outer").id();
        Id inner = one.documents.makeFolder(outer, "Inner").id();
        one.documents.save(inner, "deep.txt", Device.NOW, Device.stream("deep"), 4);
        Item early = one.documents.save(outer, "early.txt", Device.NOW, Device.stream("early"), 5);
        one.at(Device.NOW.plusSeconds(1)).documents.remove(early.id());

        one.at(Device.NOW.plusSeconds(2)).documents.remove(outer);

        assertEquals(List.of("Outer", "early.txt"), trashOf(one));
        assertEquals(1, one.documents.trash().list().getFirst().documents());

        one.documents.trash().restore(outer);

        assertEquals("deep", one.read("Outer/Inner/deep.txt"));
        assertEquals(List.of("early.txt"), trashOf(one));
    }

    @Test
    void whatComesBackGetsAFreeName() throws Exception {
        Item first = one.save("plan.txt", "first");
        one.documents.remove(first.id());
        one.save("plan.txt", "second");

        one.documents.trash().restore(first.id());

        assertEquals("first", one.read("plan (2).txt"));
        assertEquals("second", one.read("plan.txt"));
    }

    @Test
    void theTrashIsTheSameOnAllDevices() throws Exception {
        Item letter = one.save("Letter.txt", "Dear Charles");
        syncAll();
        two.documents.remove(letter.id());
        syncAll();

        assertEquals(List.of("Letter.txt"), trashOf(one));

        one.documents.trash().restore(letter.id());
        syncAll();

        assertEquals("Dear Charles", two.read("Letter.txt"));
    }

    @Test
    void anEditThatAnotherDeviceMadeMeanwhileTakesADocumentOutOfTheTrash() throws Exception {
        Item letter = one.save("Letter.txt", "Dear Charles");
        syncAll();
        one.documents.remove(letter.id());
        two.save("Letter.txt", "Dear Charles, again");

        syncAll();

        assertEquals("Dear Charles, again", one.read("Letter.txt"));
        assertEquals(List.of(), trashOf(two));
    }

    @Test
    void whatAnotherDeviceBroughtBackIsNotDestroyed() throws Exception {
        Item letter = one.save("Letter.txt", "Dear Charles");
        one.documents.remove(letter.id());
        syncAll();
        two.documents.trash().restore(letter.id());
        server.sync(two.exchange, two.vault);
        one.documents.trash().purge(letter.id());

        syncAll();

        assertEquals("Dear Charles", two.read("Letter.txt"));
        // Its bytes are gone from the device that destroyed it, and come again.
        server.pull(one.exchange, one.vault);
        assertEquals("Dear Charles", one.read("Letter.txt"));
    }

    @Test
    void whatIsDestroyedIsGoneFromAllDevices() throws Exception {
        Item letter = one.save("Letter.txt", "Dear Charles");
        one.save("Other.txt", "stays");
        syncAll();
        one.documents.remove(letter.id());
        one.documents.trash().purge(letter.id());

        syncAll();

        for (Device device : List.of(one, two)) {
            assertEquals(List.of(), trashOf(device));
            assertEquals("stays", device.read("Other.txt"));
            Verification found = device.store.verify(true, VerifyWatch.NONE);
            assertEquals(List.of(), found.damages());
            assertEquals(1, found.chunks());
            device.exchange.tidy();
            assertEquals(0, device.store.residue(List.of(), VerifyWatch.NONE).keyless(), "its bytes are on the disk");
        }
        VaultStoreTest.assertRefused(
                StoreException.Why.NOT_FOUND, () -> one.documents.trash().restore(letter.id()));
    }

    @Test
    void anEmptiedTrashIsEmpty() throws Exception {
        Id outer = one.documents.makeFolder(one.root(), "Outer").id();
        one.documents.save(outer, "in it.txt", Device.NOW, Device.stream("in it"), 5);
        one.documents.remove(outer);
        one.documents.remove(one.save("alone.txt", "alone").id());

        one.documents.trash().empty();
        syncAll();

        assertEquals(List.of(), trashOf(two));
        assertTrue(one.documents.list(one.root()).isEmpty());
    }

    @Test
    void whatIsStillInTheTrashIsNotFoundByPathOrList() throws Exception {
        Item letter = one.save("Letter.txt", "Dear Charles");
        one.documents.remove(letter.id());

        assertEquals(List.of(), one.names());
        VaultStoreTest.assertRefused(StoreException.Why.NOT_FOUND, () -> one.documents.find("Letter.txt"));
        VaultStoreTest.assertRefused(StoreException.Why.NOT_FOUND, () -> one.documents.open(letter.id()));
    }
}
