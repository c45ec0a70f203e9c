package dev.firn.generator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.firn", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ONLY_THE_SHELL_KNOWS_MICRONAUT = noClasses()
            .that()
            .resideInAnyPackage(
                    "..generator.chance..",
                    "..generator.company..",
                    "..generator.disturb..",
                    "..generator.encode..",
                    "..generator.publish..",
                    "..generator.resume..",
                    "..generator.sequence..",
                    "..generator.truth..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micronaut..", "dev.firn.generator.config..", "dev.firn.generator.management..");

    @ArchTest
    static final ArchRule SERVICES_DO_NOT_KNOW_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage("dev.firn.generator..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.firn.processor..", "dev.firn.sink..", "dev.firn.local..", "dev.firn.embedded..");

    @ArchTest
    static final ArchRule WHAT_HAPPENS_NEVER_DEPENDS_ON_A_CLOCK = noClasses()
            .that()
            .resideInAnyPackage(
                    "..generator.chance..",
                    "..generator.company..",
                    "..generator.disturb..",
                    "..generator.encode..",
                    "..generator.sequence..",
                    "..generator.truth..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now");

    @ArchTest
    static final ArchRule TRUTH_KNOWS_NOTHING_OF_KAFKA = noClasses()
            .that()
            .resideInAPackage("..generator.truth..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "..generator.publish..", "..generator.company..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.firn.generator.(*)..").should().beFreeOfCycles();
}
