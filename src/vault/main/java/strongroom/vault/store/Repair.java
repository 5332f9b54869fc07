package strongroom.vault.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.VaultRecord;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.store.Repaired.Outcome;
import strongroom.vault.store.catalog.ChunkRef;
import strongroom.vault.store.chunk.ChunkCipher;
import strongroom.vault.store.chunk.Place;
import strongroom.vault.store.chunk.Tag;

/// Brings back what a check found damaged: from other bytes of this store, whose place the tables have lost, else from
/// the server. It adds and asks; the only thing that it forgets is the place of bytes that do not open.
final class Repair {
    private final Database database;
    private final Chunks chunks;
    private final List<Repaired> done = new ArrayList<>();

    Repair(Database database, Chunks chunks) {
        this.database = database;
        this.chunks = chunks;
    }

    List<Repaired> run(List<OpenVault> vaults, List<Verifier.Broken> broken) throws StoreException {
        lostKeys(vaults);
        for (OpenVault vault : vaults) {
            if (vault.mend()) {
                done.add(new Repaired(
                        vault.id().toString(), Outcome.MENDED, "The catalogue is written anew from its second copy."));
            } else if (!vault.damages().isEmpty()) {
                catalogue(vault);
            }
        }
        Map<String, Outcome> documents = new LinkedHashMap<>();
        chunks(broken, documents);
        // Only a list that is here again tells which other chunks its document needs.
        Set<Verifier.Checked> lists = new LinkedHashSet<>();
        for (Verifier.Broken one : broken) {
            if (one.checked().content().listed()) {
                lists.add(one.checked());
            }
        }
        chunks(new Verifier(database, chunks, true, VerifyWatch.NONE, List.of()).look(lists), documents);
        documents.forEach((path, outcome) -> done.add(new Repaired(path, outcome, sentence(outcome))));
        return List.copyOf(done);
    }

    /// A key that does not open makes way for the one that the server keeps wrapped to this person.
    private void lostKeys(List<OpenVault> vaults) throws StoreException {
        Set<Id> open = vaults.stream().map(OpenVault::id).collect(Collectors.toSet());
        List<Id> offered = SqliteExchange.offered(database).stream()
                .map(VaultRecord::vault)
                .toList();
        for (Id vault : database.read(SealedRows::vaults)) {
            if (open.contains(vault)) {
                continue;
            }
            boolean there = offered.contains(vault);
            if (there) {
                database.write(connection -> {
                    SealedRows.remove(connection, SealedRows.Kind.VAULT, SealedRows.NOBODY, vault);
                    return vault;
                });
            }
            String sentence = there
                    ? "The vault's key is damaged here; it is taken from the server once more."
                    : "The vault's key is damaged here, and the server has not offered it.";
            done.add(new Repaired(vault.toString(), there ? Outcome.ASKED_FOR : Outcome.LOST, sentence));
        }
    }

    private void catalogue(OpenVault vault) throws StoreException {
        boolean known = database.write(connection -> {
            boolean sent = Heads.of(connection, vault.id()).sequence() > 0;
            if (sent) {
                Replays.want(connection, vault.id());
            }
            return sent;
        });
        String sentence = known
                ? "The catalogue is made anew from the log, which the server is asked for."
                : "The catalogue was never sent to the server; what does not open of it is lost.";
        done.add(new Repaired(vault.id().toString(), known ? Outcome.ASKED_FOR : Outcome.LOST, sentence));
    }

    private void chunks(List<Verifier.Broken> broken, Map<String, Outcome> documents) throws StoreException {
        Map<Tag, List<Place>> places = new HashMap<>();
        broken.forEach(one -> places.put(Tag.of(one.chunk().id()), new ArrayList<>()));
        if (!places.isEmpty()) {
            chunks.find(places);
        }
        Map<Digest, Outcome> outcomes = new HashMap<>();
        for (Verifier.Broken one : broken) {
            Digest chunk = one.chunk().id();
            if (!outcomes.containsKey(chunk)) {
                outcomes.put(chunk, chunk(one, places.getOrDefault(Tag.of(chunk), List.of())));
            }
            Outcome outcome = outcomes.getOrDefault(chunk, Outcome.LOST);
            documents.merge(one.path(), outcome, (a, b) -> a.compareTo(b) > 0 ? a : b);
        }
    }

    private static String sentence(Outcome outcome) {
        return switch (outcome) {
            case MENDED -> "All of it is here again.";
            case ASKED_FOR -> "What is missing of it comes again from the server.";
            case LOST ->
                "A part of it is lost: it was never sent to the server. Its other versions, and everything else, open.";
        };
    }

    private Outcome chunk(Verifier.Broken broken, List<Place> places) throws StoreException {
        Digest chunk = broken.chunk().id();
        for (Place place : places) {
            if (opens(broken, place)) {
                database.write(connection -> {
                    Places.remove(connection, Set.of(chunk));
                    Places.put(connection, Map.of(place.pack(), chunks.length(place.pack())), Map.of(chunk, place));
                    return place;
                });
                return Outcome.MENDED;
            }
        }
        OpenVault vault = broken.checked().vault();
        Set<Digest> unsent = new HashSet<>(vault.unsent());
        return database.write(connection -> {
            unsent.addAll(Transfers.toSend(connection, vault.id(), Integer.MAX_VALUE));
            if (unsent.contains(chunk)) {
                return Outcome.LOST;
            }
            Places.remove(connection, Set.of(chunk));
            Transfers.fetch(connection, vault.id(), Set.of(chunk));
            return Outcome.ASKED_FOR;
        });
    }

    private boolean opens(Verifier.Broken broken, Place place) throws StoreException {
        ChunkCipher cipher = broken.checked()
                .vault()
                .keys()
                .chunks(broken.checked().content().epoch());
        ChunkRef chunk = broken.chunk();
        try {
            byte[] sealed = chunks.read(place);
            byte[] room = new byte[ChunkCipher.roomFor(chunk.length(), sealed.length)];
            cipher.openAndCheck(chunk.id(), chunk.length(), sealed, sealed.length, room);
            Arrays.fill(room, (byte) 0);
            return true;
        } catch (NotAuthenticException e) {
            return false;
        } catch (StoreException e) {
            if (e.why() == StoreException.Why.CLOSED || e.why() == StoreException.Why.CANCELLED) {
                throw e;
            }
            return false;
        }
    }
}
