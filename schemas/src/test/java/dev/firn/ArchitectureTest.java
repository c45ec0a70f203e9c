package dev.firn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(
        packages = {"dev.firn.config", "dev.firn.contract", "dev.firn.quarantine", "dev.firn.registry", "dev.firn.serde"
        },
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule knowsNoServiceAndNoFramework = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.micronaut..",
                    "dev.firn.generator..",
                    "dev.firn.processor..",
                    "dev.firn.sink..",
                    "dev.firn.local..",
                    "dev.firn.embedded..");

    @ArchTest
    static final ArchRule knowsNoTopicOfTheExample = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.firn.futuremobility..", "dev.firn.ops..");

    @ArchTest
    static final ArchRule contractsNeedNoRegistry = noClasses()
            .that()
            .resideInAPackage("dev.firn.contract")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.firn.registry", "dev.firn.serde");

    @ArchTest
    static final ArchRule theRegistryKnowsNoRecords = noClasses()
            .that()
            .resideInAPackage("dev.firn.registry")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.firn.contract", "dev.firn.serde");
}
