package dev.firn.processor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.firn.processor", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule SHOULD_KEEP_MICRONAUT_AT_THE_EDGE = noClasses()
            .that()
            .resideOutsideOfPackages("dev.firn.processor", "dev.firn.processor.management", "dev.firn.processor.config")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micronaut..", "jakarta..");

    @ArchTest
    static final ArchRule SHOULD_NOT_KNOW_OTHER_SERVICES = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.firn.generator..", "dev.firn.sink..", "dev.firn.local..", "dev.firn.embedded..");

    @ArchTest
    static final ArchRule SHOULD_KNOW_THE_EDGE_ONLY_AT_THE_EDGE = classes()
            .that()
            .resideInAnyPackage("dev.firn.processor.management", "dev.firn.processor.config")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAnyPackage("dev.firn.processor.management", "dev.firn.processor.config");

    @ArchTest
    static final ArchRule SHOULD_DEPEND_ONE_WAY =
            slices().matching("dev.firn.processor.(*)..").should().beFreeOfCycles();
}
