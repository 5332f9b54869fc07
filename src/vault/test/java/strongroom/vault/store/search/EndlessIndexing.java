package strongroom.vault.store.search;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.home.DurableFile;

/// A program that indexes documents that change all the time, until it is killed.
final class EndlessIndexing {
    private static final int DOCUMENTS = 400;

    private EndlessIndexing() {}

    /// Documents that depend on a number alone: in each state some are there, and each has the state's own words.
    static final class State implements Corpus, Anchor {
        private final Path file;
        private int number;

        State(Path file, int number) {
            this.file = file;
            this.number = number;
        }

        void next() {
            number++;
        }

        private static Id id(int document, int state) {
            byte[] bytes = new byte[Id.SIZE];
            bytes[0] = (byte) state;
            bytes[1] = (byte) (state >> 8);
            bytes[2] = (byte) document;
            bytes[3] = (byte) (document >> 8);
            return Id.of(bytes);
        }

        /// The state in which the document was changed last; -1 if it is not there.
        private int changedIn(int document) {
            Random dice = new Random(document);
            int state = number - dice.nextInt(4) - (number + document) % 3;
            return (document + number) % 5 == 0 ? -1 : Math.max(state, 0);
        }

        @Override
        public List<Entry> entries() {
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < DOCUMENTS; i++) {
                int changed = changedIn(i);
                if (changed >= 0) {
                    entries.add(new Entry(id(i, 60_000), id(i, changed), "document" + i + ".txt", true));
                }
            }
            return entries;
        }

        @Override
        public InputStream open(Id document) {
            byte[] bytes = document.toByteArray();
            int i = bytes[2] & 0xFF | (bytes[3] & 0xFF) << 8;
            return new ByteArrayInputStream(text(i).getBytes(StandardCharsets.UTF_8));
        }

        String text(int document) {
            return "common in" + changedIn(document) + " word ".repeat(document);
        }

        boolean has(int document) {
            return changedIn(document) >= 0;
        }

        int changed(int document) {
            return changedIn(document);
        }

        @Override
        public Optional<Point> read() {
            try {
                if (!Files.exists(file)) {
                    return Optional.empty();
                }
                CanonicalReader in = new CanonicalReader(Files.readAllBytes(file));
                return Optional.of(new Point(Id.read(in), in.int64()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (MalformedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void write(Point point) {
            CanonicalWriter out = new CanonicalWriter();
            point.index().write(out);
            try {
                DurableFile.write(file, out.int64(point.generation()).toByteArray());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// @param args folder, key in hex, number of the first state
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        State state = new State(folder.resolve("anchor"), Integer.parseInt(args[2]));
        try (SecretBytes key = SecretBytes.ofAndZero(HexFormat.of().parseHex(args[1]));
                SearchIndex index = SearchIndex.open(folder.resolve("search"), key, state, new SecureRandom())) {
            System.out.println("ready");
            while (true) {
                index.update(state, IndexWatch.NONE);
                index.expunge();
                System.out.println(state.number);
                state.next();
            }
        }
    }
}
