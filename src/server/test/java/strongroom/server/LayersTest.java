package strongroom.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LayersTest {
    private static JavaClasses server;

    @BeforeAll
    static void read() {
        server = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("strongroom.server");
    }

    @Test
    void packagesDependOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("strongroom.server..")
                .layer("programs")
                .definedBy("strongroom.server")
                .layer("admin")
                .definedBy("strongroom.server.admin")
                .layer("http")
                .definedBy("strongroom.server.http")
                .layer("orders")
                .definedBy("strongroom.server.orders")
                .layer("share")
                .definedBy("strongroom.server.share")
                .layer("policy")
                .definedBy("strongroom.server.policy")
                .layer("recovery")
                .definedBy("strongroom.server.recovery")
                .layer("posture")
                .definedBy("strongroom.server.posture")
                .layer("vaults")
                .definedBy("strongroom.server.vaults")
                .layer("device")
                .definedBy("strongroom.server.device")
                .layer("people")
                .definedBy("strongroom.server.people")
                .whereLayer("programs")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("admin")
                .mayOnlyBeAccessedByLayers("programs")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("programs")
                .whereLayer("orders")
                .mayOnlyBeAccessedByLayers("http", "admin", "programs")
                .whereLayer("share")
                .mayOnlyBeAccessedByLayers("orders", "http", "admin", "programs")
                .whereLayer("policy")
                .mayOnlyBeAccessedByLayers("share", "http", "programs")
                .whereLayer("recovery")
                .mayOnlyBeAccessedByLayers("http", "programs")
                .whereLayer("posture")
                .mayOnlyBeAccessedByLayers("http", "admin", "programs")
                .whereLayer("vaults")
                .mayOnlyBeAccessedByLayers("http", "programs")
                .whereLayer("device")
                .mayOnlyBeAccessedByLayers(
                        "orders", "share", "policy", "recovery", "posture", "vaults", "http", "programs")
                .whereLayer("people")
                .mayOnlyBeAccessedByLayers("device", "orders", "share", "policy", "recovery", "http", "programs")
                .because("a rule of the server is found in one place, below whatever calls it")
                .check(server);
    }

    @Test
    void theServerHasNoAdministratorsKey() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "strongroom.server.http",
                        "strongroom.server.orders",
                        "strongroom.server.share",
                        "strongroom.server.recovery",
                        "strongroom.server.posture",
                        "strongroom.server.people",
                        "strongroom.server.device",
                        "strongroom.server.vaults")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("strongroom.server.admin")
                .because("what serves cannot sign an order; the keys are on the administrator's machine")
                .check(server);
    }

    @Test
    void onlyHttpKnowsJettyAndOnlyDbKnowsSqlite() {
        noClasses()
                .that()
                .resideOutsideOfPackage("strongroom.server.http")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .because("the rules are tested and read without a web server")
                .check(server);
        noClasses()
                .that()
                .resideOutsideOfPackages("strongroom.server.db", "strongroom.server.http")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.sqlite..", "com.zaxxer..", "org.flywaydb..")
                .because("another database is another db package")
                .check(server);
    }

    @Test
    void timeAndRandomnessComeFromOutside() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Main")
                .and()
                .doNotHaveSimpleName("RunningServer")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callConstructor(SecureRandom.class)
                .because("what depends on time is tested with a clock that stands still")
                .check(server);
    }

    @Test
    void publicClassesAreFinal() {
        classes()
                .that()
                .arePublic()
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .because("nothing here is made to be extended")
                .check(server);
    }
}
