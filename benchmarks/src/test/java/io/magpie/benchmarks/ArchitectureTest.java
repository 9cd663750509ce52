package io.magpie.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.theClass;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keeps the arrows between the rooms, and the homes of what only one room may touch. */
class ArchitectureTest {
    private static final Path ROOT = Path.of(System.getProperty("user.dir")).getParent();

    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.magpie");
    }

    @Test
    void shouldFindTheClassesOfEveryModule() {
        assertThat(List.of(
                        "io.magpie.core",
                        "io.magpie.client",
                        "io.magpie.protocol",
                        "io.magpie.server",
                        "io.magpie.load"))
                .allSatisfy(room -> assertThat(classes.stream()
                                .filter(each -> each.getPackageName().startsWith(room)))
                        .hasSizeGreaterThan(3));
    }

    @Test
    void shouldKeepCoreToItself() {
        check(noClasses()
                .that()
                .resideInAPackage("io.magpie.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.magpie.client..",
                        "io.magpie.protocol..",
                        "io.magpie.server..",
                        "io.magpie.load..",
                        "io.magpie.benchmarks..",
                        "io.netty..",
                        "picocli.."));
    }

    @Test
    void shouldKeepTheSdkLight() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.magpie.client..", "io.magpie.protocol..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.magpie.core..",
                        "io.magpie.server..",
                        "io.magpie.load..",
                        "io.magpie.benchmarks..",
                        "net.openhft..",
                        "org.agrona..",
                        "sun.misc.."));
        check(noClasses()
                .that()
                .resideInAPackage("io.magpie.protocol..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.magpie.client.."));
    }

    @Test
    void shouldLetLoadTestsSpeakThroughTheClientAlone() {
        check(noClasses()
                .that()
                .resideInAPackage("io.magpie.load..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.magpie.core..", "io.magpie.server..", "io.magpie.benchmarks.."));
        check(noClasses()
                .that()
                .resideInAPackage("io.magpie.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.magpie.load..", "io.magpie.benchmarks.."));
    }

    @Test
    void shouldKeepChronicleInTheStore() {
        check(noClasses()
                .that()
                .resideInAPackage("io.magpie..")
                .and()
                .resideOutsideOfPackages("io.magpie.core.store..", "io.magpie.benchmarks..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("net.openhft.."));
    }

    @Test
    void shouldKeepTheIncubatorInTheSimdKernels() {
        check(noClasses()
                .that()
                .resideInAPackage("io.magpie..")
                .and()
                .resideOutsideOfPackage("io.magpie.core.vector.simd..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator.."));
    }

    /** How long a comparison takes cannot be tested here; what compares can. */
    @Test
    void shouldCompareSecretsInATimeThatTellsNothing() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.magpie.server.security..", "io.magpie.server.audit..")
                .should()
                .callMethod(Arrays.class, "equals", byte[].class, byte[].class));
        for (String compares : List.of("security.Token", "audit.AuditVerifier", "audit.AuditFormat")) {
            check(theClass("io.magpie.server." + compares)
                    .should()
                    .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class));
        }
    }

    @Test
    void shouldHaveNoCycleBetweenRooms() {
        slices().matching("io.magpie.(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void shouldNameOnlyClassesThatExistWhenTheArchitectureIsTold() throws IOException {
        String told = Files.readString(ROOT.resolve("docs/ARCHITECTURE.md"));
        Matcher file =
                Pattern.compile("`([a-z-]+/src/[A-Za-z0-9_./-]+\\.java)`").matcher(told);
        int named = 0;
        while (file.find()) {
            named++;
            assertThat(ROOT.resolve(file.group(1)))
                    .as("named in docs/ARCHITECTURE.md")
                    .exists();
        }
        assertThat(named).as("files named in docs/ARCHITECTURE.md").isGreaterThanOrEqualTo(8);
    }

    @Test
    void shouldNameOnlyTestsThatExistWhenPromisesAreTold() throws IOException {
        Map<String, String> sources = testSources();
        Matcher named = Pattern.compile("`(\\w+Test)(?:#(should\\w+))?`")
                .matcher(Files.readString(ROOT.resolve("docs/OPERATIONS.md")));
        int found = 0;
        while (named.find()) {
            assertThat(sources).as("named in docs/OPERATIONS.md").containsKey(named.group(1));
            if (named.group(2) != null) {
                assertThat(sources.get(named.group(1)))
                        .as("named in docs/OPERATIONS.md")
                        .contains("void " + named.group(2) + "(");
            }
            found++;
        }
        assertThat(found).isGreaterThan(40);
    }

    /** Returns the sources of all tests by the name of their class; those of one name one after the other. */
    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of("core", "client", "server", "load-tests", "benchmarks")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (Path file : files.filter(each -> each.toString().endsWith("Test.java"))
                        .toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    sources.merge(name, Files.readString(file), String::concat);
                }
            }
        }
        return sources;
    }

    private static void check(ArchRule rule) {
        rule.check(classes);
    }
}
