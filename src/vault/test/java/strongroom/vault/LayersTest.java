package strongroom.vault;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The order of the packages, lowest first; a lower one never imports a higher one.
class LayersTest {
    private static final List<List<String>> ORDER = List.of(
            List.of("platform"),
            List.of("home", "crypto"),
            List.of("seal", "store", "signin"),
            List.of("slot", "identity"),
            List.of("rollback"),
            List.of("wipe"),
            List.of("session", "sync"),
            List.of("agent"),
            List.of("client"),
            List.of("cli"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("strongroom.vault");

    private static String[] packages(List<List<String>> layers) {
        return layers.stream()
                .flatMap(List::stream)
                .map(name -> "strongroom.vault." + name + "..")
                .toArray(String[]::new);
    }

    @Test
    void lowerPackagesNeverImportHigherOnes() {
        for (int i = 0; i < ORDER.size() - 1; i++) {
            noClasses()
                    .that()
                    .resideInAnyPackage(packages(ORDER.subList(i, i + 1)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(packages(ORDER.subList(i + 1, ORDER.size())))
                    .because("the architecture page draws one direction")
                    .check(CLASSES);
        }
    }

    @Test
    void theStoreIsGivenItsKeysAndTheSealsKnowNoStore() {
        noClasses()
                .that()
                .resideInAPackage("strongroom.vault.store..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("strongroom.vault.seal..")
                .because("a store works with any key")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("strongroom.vault.seal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("strongroom.vault.store..")
                .because("a seal binds bytes to a machine and knows nothing of documents")
                .check(CLASSES);
    }

    @Test
    void whatTalksToTheNetworkCannotOpenAVault() {
        DescribedPredicate<JavaClass> keys = DescribedPredicate.describe(
                "open a vault",
                type -> type.getName().equals("strongroom.vault.store.VaultStore")
                        || type.getName().equals("strongroom.vault.store.CounterRow")
                        || type.getName().equals("strongroom.vault.store.WaysRow")
                        || type.getName().equals("strongroom.vault.rollback.RollbackCheck")
                        || type.getName().equals("strongroom.vault.slot.PinSlot")
                        || type.getName().startsWith("strongroom.vault.slot.Recovery")
                        || type.getName().equals("strongroom.vault.store.PersonIdentity"));
        noClasses()
                .that()
                .resideInAnyPackage("strongroom.vault.agent..", "strongroom.vault.sync..", "strongroom.vault.wipe..")
                .should()
                .dependOnClassesThat(keys)
                .because("the agent can read nothing")
                .check(CLASSES);
    }

    @Test
    void whatOpensAVaultHasNoNetwork() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "strongroom.vault.client..",
                        "strongroom.vault.cli..",
                        "strongroom.vault.store..",
                        "strongroom.vault.session..",
                        "strongroom.vault.slot..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.hc..", "javax.net.ssl..", "java.net.http..", "strongroom.vault.sync.tls..")
                .because("what can read cannot talk to the network")
                .check(CLASSES);
    }
}
