// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between modules and packages, each with its reason. */
final class ArchitectureTest {
  private static final String MODEL_ROOT = "org.tailwalk";
  private static final String[] MODEL = {
    "org.tailwalk.packet..",
    "org.tailwalk.scenario..",
    "org.tailwalk.event..",
    "org.tailwalk.engine..",
    "org.tailwalk.replay..",
    "org.tailwalk.vector..",
    "org.tailwalk.compare..",
    "org.tailwalk.controlplane..",
    "org.tailwalk.filter..",
    "org.tailwalk.text..",
    "org.tailwalk.datapath.."
  };

  private static JavaClasses all;

  @BeforeAll
  static void importClasses() {
    all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar!"))
            .importPackages(MODEL_ROOT);
  }

  private static void holds(ArchRule rule) {
    rule.allowEmptyShould(true).check(all);
  }

  @Test
  void classesOfAllModulesAreSeen() {
    assertThat(all.contain("org.tailwalk.app.Main")).isTrue();
    assertThat(all.size()).as("a corpus test that finds nothing proves nothing").isGreaterThan(1);
  }

  @Test
  void modelKnowsNeitherKernelSideNorDesktop() {
    holds(
        noClasses()
            .that()
            .resideInAnyPackage(MODEL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.tailwalk.bpf..", "org.tailwalk.app..")
            .because("the arrows go app to bpf to datapath-model; the model must run anywhere"));
  }

  @Test
  void modelPackagesHaveNoCycles() {
    slices()
        .matching("org.tailwalk.(*)..")
        .should()
        .beFreeOfCycles()
        .because("scenario, control plane, engines and replay stand in this order")
        .check(all);
  }

  @Test
  void kernelSideSeesOnlyTheSharedVocabulary() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("org.tailwalk.bpf..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.tailwalk.datapath..", "org.tailwalk.app..")
            .because("the two engines stay independent: comparing them is the product"));
  }

  @Test
  void enginesKnowNothingOfWhatIsDrawnFromTheirTraces() {
    holds(
        noClasses()
            .that()
            .resideInAnyPackage("org.tailwalk.bpf..", "org.tailwalk.datapath..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.tailwalk.replay..", "org.tailwalk.compare..", "org.tailwalk.filter..")
            .because("an engine answers injections; comparing the answers is not its business"));
  }

  @Test
  void vocabularyKnowsNoEngine() {
    holds(
        noClasses()
            .that()
            .resideInAnyPackage(
                "org.tailwalk.packet..",
                "org.tailwalk.scenario..",
                "org.tailwalk.event..",
                "org.tailwalk.engine..",
                "org.tailwalk.replay..",
                "org.tailwalk.compare..",
                "org.tailwalk.controlplane..",
                "org.tailwalk.filter..",
                "org.tailwalk.text..",
                "org.tailwalk.vector..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.tailwalk.datapath..")
            .because("both engines are measured with it, so it belongs to neither"));
  }

  @Test
  void onlyTheSystemPackageSpeaksNative() {
    holds(
        noClasses()
            .that(not(resideInAPackage("org.tailwalk.bpf.sys..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.foreign..")
            .because(
                "one package speaks native, so that one package has to be read for memory safety"));
  }

  @Test
  void nothingBelowAppKnowsDesktopOrCaptureLibrary() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackage("org.tailwalk.app..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "javafx..", "org.controlsfx..", "org.pcap4j..", "com.sun.jna..", "picocli..")
            .because("the model and the kernel side run in tests and tools that have no display"));
  }

  @Test
  void onlyTheCapturePackageAndThePacketTreeKnowPcap4j() {
    holds(
        noClasses()
            .that(
                not(
                    resideInAnyPackage(
                        "org.tailwalk.app.capture..", "org.tailwalk.app.inspector..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.pcap4j..", "com.sun.jna..")
            .because("everybody else works on the immutable frames of org.tailwalk.packet"));
  }

  @Test
  void capturesAndCommandLineKnowNoJavaFx() {
    holds(
        noClasses()
            .that()
            .resideInAnyPackage("org.tailwalk.app.capture..", "org.tailwalk.app.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx..", "org.controlsfx..")
            .because("replay, verify and doctor run where JavaFX has no display to start on"));
  }

  @Test
  void viewModelsHoldNoNode() {
    DescribedPredicate<JavaField> inViewModel =
        DescribedPredicate.describe(
            "are declared in a view-model",
            field -> simpleNameEndingWith("ViewModel").test(field.getOwner()));
    DescribedPredicate<JavaClass> node =
        JavaClass.Predicates.assignableTo("javafx.scene.Node")
            .or(belongToAnyOf(javafx.stage.Stage.class));
    holds(
        fields()
            .that(inViewModel)
            .should()
            .notHaveRawType(node)
            .because("a view-model is tested with no window"));
    holds(
        noClasses()
            .that()
            .haveSimpleNameEndingWith("ViewModel")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx.scene..", "javafx.stage..", "org.controlsfx..")
            .because("a view-model is tested with no window"));
  }

  @Test
  void everyPackageIsNullMarked() {
    holds(
        classes()
            .that()
            .haveSimpleName("package-info")
            .should()
            .beAnnotatedWith("org.jspecify.annotations.NullMarked")
            .because("null is an exception that a type names"));
  }

  @Test
  void packagesOfAModuleHaveNoCycles() {
    for (String pattern : new String[] {"org.tailwalk.bpf.(*)..", "org.tailwalk.app.(*).."}) {
      holds(
          slices()
              .matching(pattern)
              .should()
              .beFreeOfCycles()
              .because("a package that needs its user cannot be understood by itself"));
    }
  }
}
