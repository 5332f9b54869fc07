package strongroom.vault.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AgentLayersTest {
    private static final String VAULT = "strongroom.vault.";
    private static final String[] AGENT_SIDE = {
        VAULT + "identity..", VAULT + "wipe..", VAULT + "sync..", VAULT + "agent.."
    };

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("strongroom.vault");
    }

    @Test
    void theAgentTakesTheExchangeAndNothingElseOfTheStore() {
        noClasses()
                .that()
                .resideInAnyPackage(AGENT_SIDE)
                .should()
                .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "are of the store, its exchange excepted",
                        type -> type.getPackageName().startsWith(VAULT + "store")
                                && !type.getSimpleName().equals("Exchange")
                                && !type.getName().startsWith(VAULT + "store.Exchange$")
                                && !type.getName().startsWith(VAULT + "store.StoreException")))
                .because("the agent must not be able to open a vault: it moves ciphertext")
                .check(classes);
    }

    @Test
    void theAgentNeverOpensASlotNorSeesAVaultKey() {
        noClasses()
                .that()
                .resideInAnyPackage(AGENT_SIDE)
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "strongroom\\.vault\\.(slot\\.PinSlot|crypto\\.(Aead|SegmentCipher|BoxKey|Hpke|PinHash|SigningKey)).*")
                .because("nothing of a vault can be decrypted with what the agent's code can reach")
                .check(classes);
    }

    @Test
    void whatDestroysKnowsNoNetwork() {
        noClasses()
                .that()
                .resideInAnyPackage(VAULT + "wipe..", VAULT + "identity..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.hc..", "java.net.http..", VAULT + "sync..", VAULT + "agent..", VAULT + "client..")
                .because("a wipe works without the server, and the window resumes one without a network")
                .check(classes);
    }

    @Test
    void nothingBelowTheClientKnowsIt() {
        noClasses()
                .that()
                .resideInAnyPackage(AGENT_SIDE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(VAULT + "client..", VAULT + "cli..", VAULT + "session..")
                .because("lower packages never import higher ones")
                .check(classes);
    }

    @Test
    void onlyTheAgentsSideTalksToTheNetwork() {
        noClasses()
                .that()
                .resideOutsideOfPackages(VAULT + "sync..", VAULT + "agent..", VAULT + "seal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.hc..", "java.net.http..", "javax.net..")
                .because("what can read cannot talk to the network")
                .check(classes);
    }
}
