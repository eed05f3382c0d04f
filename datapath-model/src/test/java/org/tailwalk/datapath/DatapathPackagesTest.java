// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class DatapathPackagesTest {
  private final JavaClasses model =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPath(Path.of("target/classes/org/tailwalk/datapath"));

  @Test
  void packagesHaveNoCycles() {
    assertThat(model).isNotEmpty();
    slices()
        .matching("org.tailwalk.datapath.(*)..")
        .should()
        .beFreeOfCycles()
        .because("a package that needs its user cannot be understood by itself")
        .check(model);
  }

  @Test
  void modelDoesNotCompileScenarios() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.tailwalk.controlplane..")
        .because("both engines receive map entries that were compiled once (decision 1)")
        .check(model);
  }

  @Test
  void kernelPackageKnowsNothingOfTheDatapath() {
    noClasses()
        .that()
        .resideInAPackage("org.tailwalk.datapath.kernel..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.tailwalk.datapath.program..",
            "org.tailwalk.datapath.conntrack..",
            "org.tailwalk.datapath.policy..",
            "org.tailwalk.datapath.lb..",
            "org.tailwalk.datapath.maps..")
        .because("it is what the kernel gives to any program")
        .check(model);
  }
}
