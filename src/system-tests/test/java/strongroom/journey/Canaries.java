package strongroom.journey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import strongroom.vault.crypto.Hkdf;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.passphrase.PassphraseSealer;
import strongroom.vault.slot.PinSlot;
import strongroom.vault.slot.ShareSource;
import strongroom.vault.slot.SlotFile;

/// Documents that are easily told from everything else in a memory, in a vault that a passphrase alone opens.
final class Canaries {
    private static final String SEARCHED = "heliotropically";
    private static final int DOCUMENTS = 8;

    private final Client client;
    private final String passphrase;

    Canaries(Client client, String passphrase) {
        this.client = client;
        this.passphrase = passphrase;
    }

    /// Puts them into the vault. @param folder where they are written before
    void add(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        for (int i = 0; i < DOCUMENTS; i++) {
            client.run(passphrase, "add", document(folder, i).toString());
        }
    }

    /// Types the PIN.
    void type(ScriptedWindow window) throws IOException {
        window.say("type", "pin-field", passphrase);
    }

    /// Opens the vault.
    void enter(ScriptedWindow window) throws IOException {
        window.say("key", "ENTER");
        window.say("wait", "entry-table");
    }

    /// Opens all of them one by one, and looks for a word.
    void look(ScriptedWindow window) throws IOException {
        for (int i = 0; i < DOCUMENTS; i++) {
            window.say("open", name(i));
            window.say("wait", isPdf(i) ? "pdf-page" : "text-lines");
            window.say("click", "document-back");
            window.say("wait", "entry-table");
        }
        window.say("type", "search-field", SEARCHED);
        window.say("wait", "search-hits");
    }

    /// What may be in no memory after a lock. The keys as `docs/vault-format.md` derives them from the slot: the root
    /// key, and that of the pages of the catalogue, with which every unlock begins.
    ProcessMemory search() throws IOException, GeneralSecurityException {
        ProcessMemory search = new ProcessMemory();
        try {
            keys(search);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new GeneralSecurityException("the slot does not open", e);
        }
        search.text("PIN", passphrase);
        search.text("searched", SEARCHED);
        for (int i = 0; i < DOCUMENTS; i++) {
            search.text("name " + i, name(i).substring(0, name(i).indexOf('.')));
            search.text("text " + i, canary(i));
        }
        return search;
    }

    private void keys(ProcessMemory search) throws Exception {
        SlotFile slot = SlotFile.read(client.home().resolve("slots").resolve(SlotFile.DAILY));
        try (SecretBytes pin = SecretBytes.ofAndZero(passphrase.toCharArray());
                SecretBytes root =
                        PinSlot.open(slot, pin, new PassphraseSealer(new SecureRandom()), ShareSource.none());
                SecretBytes pages = Hkdf.derive(
                        root, new byte[0], "strongroom row v1 11".getBytes(StandardCharsets.US_ASCII), 32)) {
            root.use(bytes -> {
                search.bytes("root key", bytes);
                return search;
            });
            pages.use(bytes -> {
                search.key("key of the catalogue", bytes);
                return search;
            });
        }
    }

    private static boolean isPdf(int i) {
        return i % 4 == 1;
    }

    private static String name(int i) {
        return "Severance-kq7wz-" + i + (isPdf(i) ? ".pdf" : ".txt");
    }

    private static String canary(int i) {
        return "xv83jd-" + i + "-goes-to-the-north-building";
    }

    private static Path document(Path folder, int i) throws IOException {
        Path file = folder.resolve(name(i));
        if (!isPdf(i)) {
            return Files.writeString(file, (canary(i) + " " + SEARCHED + "\n").repeat(60));
        }
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            try (PDPageContentStream out = new PDPageContentStream(document, page)) {
                out.beginText();
                out.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                out.newLineAtOffset(72, 700);
                out.showText(canary(i));
                out.endText();
            }
            document.save(file.toFile());
        }
        return file;
    }
}
