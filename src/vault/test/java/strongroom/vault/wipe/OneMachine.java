package strongroom.vault.wipe;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import strongroom.vault.identity.TestOrganisation;
import strongroom.vault.seal.MemoryKeys;
import strongroom.vault.seal.MemorySealer;

/// An organisation, and a machine with something to destroy.
abstract class OneMachine {
    /// The power goes, in the middle of a wipe.
    static final class Stop extends Error {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    Path folder;

    final SecureRandom random = new SecureRandom();
    TestOrganisation organisation;
    MemorySealer sealer;
    MemoryKeys keys;

    @BeforeEach
    void makeOrganisation() throws Exception {
        organisation = new TestOrganisation();
        sealer = new MemorySealer(random, 5);
        keys = new MemoryKeys(random);
        sealer.give(keys);
    }
}
