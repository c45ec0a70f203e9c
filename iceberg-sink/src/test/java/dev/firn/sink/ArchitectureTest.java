package dev.firn.sink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.firn.sink", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] PROCESSING = {
        "dev.firn.sink",
        "dev.firn.sink.consume..",
        "dev.firn.sink.decode..",
        "dev.firn.sink.write..",
        "dev.firn.sink.parquet..",
        "dev.firn.sink.table..",
        "dev.firn.sink.keys..",
        "dev.firn.sink.upsert..",
        "dev.firn.sink.commit..",
        "dev.firn.sink.quarantine..",
        "dev.firn.sink.reconcile..",
        "dev.firn.sink.inspect..",
        "dev.firn.sink.publish..",
        "dev.firn.sink.replay..",
        "dev.firn.sink.query.."
    };

    @ArchTest
    static final ArchRule KNOWS_NO_DOMAIN_CLASS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.firn.futuremobility..", "dev.firn.ops..");

    @ArchTest
    static final ArchRule KNOWS_NO_OTHER_SERVICE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.firn.generator..", "dev.firn.processor..", "dev.firn.local..", "dev.firn.embedded..");

    @ArchTest
    static final ArchRule PROCESSING_KNOWS_NO_MICRONAUT = noClasses()
            .that()
            .resideInAnyPackage(PROCESSING)
            .and()
            .doNotHaveFullyQualifiedName(Main.class.getName())
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micronaut..", "jakarta.inject..");

    @ArchTest
    static final ArchRule COMMIT_KNOWS_NO_CONSUMER = noClasses()
            .that()
            .resideInAPackage("dev.firn.sink.commit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.firn.sink.consume..", "dev.firn.sink.quarantine..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule MANAGEMENT_IS_KNOWN_BY_NOBODY = classes()
            .that()
            .resideInAPackage("dev.firn.sink.management..")
            .should()
            .onlyBeAccessed()
            .byAnyPackage("dev.firn.sink.management..");
}
