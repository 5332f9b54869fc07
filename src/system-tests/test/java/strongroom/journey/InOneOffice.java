package strongroom.journey;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// A folder and an office in it, for all tests of a class.
abstract class InOneOffice {
    static Path folder;
    static Office office;

    @BeforeAll
    static void anOffice() throws IOException, InterruptedException {
        folder = TempFolder.make();
        office = Office.open(folder, "Muster AG");
    }

    @AfterAll
    static void end() throws IOException {
        office.close();
        TempFolder.remove(folder);
    }
}
