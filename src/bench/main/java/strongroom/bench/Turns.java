package strongroom.bench;

import java.io.IOException;
import java.nio.file.Path;
import strongroom.bench.contender.Contender;
import strongroom.bench.contender.Maker;
import strongroom.vault.store.StoreException;

/// Gives everyone a turn, and tells on standard error whose it is. What fails with a program of others is told,
/// and does not end the rest.
final class Turns {
    /// What is done in a turn.
    @FunctionalInterface
    interface Work {
        void run() throws IOException, StoreException, InterruptedException;
    }

    private final Scratch scratch;

    Turns(Scratch scratch) {
        this.scratch = scratch;
    }

    /// A contender with a new, empty store in a folder of that name.
    Contender make(Maker maker, String folder) throws IOException, StoreException, InterruptedException {
        return maker.making().in(scratch.folder(folder));
    }

    /// @param what is measured
    void take(String name, String what, Work work) throws IOException, StoreException, InterruptedException {
        System.err.println(what + ": " + name);
        try {
            work.run();
        } catch (IOException e) {
            if (name.startsWith("strongroom") || scratch.ending()) {
                throw e;
            }
            System.err.println(name + " failed: " + e.getMessage());
        }
    }

    /// One turn with a store that is gone afterwards.
    void once(Maker maker, String what, Trial trial, Figures figures)
            throws IOException, StoreException, InterruptedException {
        take(maker.name(), what, () -> {
            Path folder = scratch.file("contender");
            try {
                turn(make(maker, "contender"), trial, figures);
            } finally {
                Scratch.remove(folder);
            }
        });
    }

    private static void turn(Contender contender, Trial trial, Figures figures)
            throws IOException, StoreException, InterruptedException {
        try {
            if (trial.suits(contender)) {
                trial.turn(contender, figures);
            }
        } finally {
            contender.close();
        }
    }
}
