package strongroom.desktop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import javafx.application.Platform;
import org.junit.jupiter.api.Test;
import strongroom.desktop.focus.FocusWatch;
import strongroom.vault.client.VaultClient;

/// What may know what in the window.
class LayersTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("strongroom.desktop");

    @Test
    void viewModelsKnowNoNodesStagesOrToolkit() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("ViewModel")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.application..", "javafx.css..")
                .because("view models are tested without a toolkit")
                .check(CLASSES);
    }

    @Test
    void viewsDoNotTouchTheClient() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("ViewModel")
                .and()
                .resideOutsideOfPackage("strongroom.desktop")
                .and()
                .areTopLevelClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(VaultClient.class)
                .because("only view models and the composition call the core")
                .check(CLASSES);
    }

    @Test
    void theToolkitIsNamedInThreePlacesOnly() {
        noClasses()
                .that()
                .areNotAssignableTo(FocusWatch.class)
                .and()
                .haveSimpleNameNotStartingWith("Composition")
                .and()
                .haveSimpleNameNotStartingWith("Program")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Platform.class)
                .because("threads are handed in; Platform hides them")
                .check(CLASSES);
    }

    @Test
    void onlyTheFocusWatchListensToTheFocusOfWindows() {
        noClasses()
                .that()
                .areNotAssignableTo(FocusWatch.class)
                .should()
                .callMethod(javafx.stage.Window.class, "focusedProperty")
                .orShould()
                .callMethod(javafx.stage.Window.class, "isFocused")
                .because("two opinions on the focus would be two locks")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("strongroom.desktop.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
