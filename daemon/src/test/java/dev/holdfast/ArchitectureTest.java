package dev.holdfast;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineVersion;
import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The direction between packages, and the promise that nothing in the program deletes data.
class ArchitectureTest {

    /// All packages from top to bottom. None may use one that stands before it.
    private static final List<String> ORDER = List.of(
            "cli",
            "daemon",
            "run",
            "migrate",
            "report",
            "apply",
            "plan",
            "placement",
            "spec",
            "data",
            "survey",
            "lock",
            "ledger",
            "live",
            "git",
            "app",
            "compose",
            "sops",
            "forge",
            "net",
            "registry",
            "engine",
            "yaml",
            "value");

    /// What each package may use of ours, besides itself.
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("value", List.of()),
            Map.entry("yaml", List.of("value")),
            Map.entry("engine", List.of()),
            Map.entry("net", List.of()),
            Map.entry("registry", List.of("engine", "yaml", "value")),
            Map.entry("forge", List.of("net")),
            Map.entry("compose", List.of("yaml", "value")),
            Map.entry("sops", List.of("yaml", "value")),
            Map.entry("app", List.of("compose", "sops", "yaml", "value")),
            Map.entry("git", List.of("net", "yaml")),
            Map.entry("live", List.of("engine", "value")),
            Map.entry("ledger", List.of("live", "engine")),
            Map.entry("lock", List.of("live", "engine")),
            Map.entry("survey", List.of("lock", "ledger", "live", "engine")),
            Map.entry("data", List.of("survey", "ledger", "live", "app", "value")),
            Map.entry("spec", List.of("data", "live", "app", "yaml", "value")),
            Map.entry("placement", List.of("spec", "live", "value")),
            Map.entry(
                    "plan",
                    List.of(
                            "placement",
                            "spec",
                            "data",
                            "survey",
                            "ledger",
                            "live",
                            "registry",
                            "app",
                            "yaml",
                            "value")),
            Map.entry("apply", List.of("plan", "spec", "data", "live", "app", "registry", "engine", "value")),
            Map.entry(
                    "report",
                    List.of("apply", "plan", "spec", "data", "survey", "ledger", "live", "app", "yaml", "value")),
            Map.entry("migrate", List.of("compose", "spec", "live", "app", "yaml", "value")),
            Map.entry("run", below("run")),
            Map.entry("daemon", below("daemon")),
            Map.entry("cli", below("cli")));

    private static List<String> below(String name) {
        return ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size());
    }

    /// The one value of `engine` that planning and reporting may know: which fields an engine understands.
    private static final DescribedPredicate<JavaClass> ENGINE_VERSION =
            describe("EngineVersion", type -> type.isEquivalentTo(EngineVersion.class));

    private static final Pattern REMOVES = Pattern.compile("(?i).*(remove|delete|prune|destroy|wipe).*");

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.holdfast");

    @TestFactory
    Stream<DynamicTest> packagesUseOnlyWhatTheyMay() {
        return MAY_USE.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey() + " uses only " + entry.getValue(),
                        () -> checkDirection(entry.getKey(), entry.getValue())));
    }

    private static void checkDirection(String name, List<String> others) {
        var allowed = Stream.concat(Stream.of(name), others.stream())
                .map(other -> "dev.holdfast." + other + "..")
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage("dev.holdfast." + name + "..")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("dev.holdfast..")
                        .or(resideInAnyPackage(allowed))
                        .or(ENGINE_VERSION))
                .allowEmptyShould(true)
                .check(PROGRAM);
    }

    @Test
    void noArrowGoesUpwards() {
        MAY_USE.forEach((name, others) -> assertThat(below(name)).as(name).containsAll(others));
    }

    @Test
    void everyPackageHasItsPlaceInTheTable() {
        var packages = new TreeSet<String>();
        PROGRAM.forEach(type -> packages.add(type.getPackageName()));
        packages.remove("dev.holdfast");
        assertThat(packages)
                .allSatisfy(name -> assertThat(MAY_USE)
                        .containsKey(name.substring("dev.holdfast.".length()).split("\\.")[0]));
    }

    @Test
    void onlyFourRoomsWriteToTheSwarm() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.holdfast.apply..",
                        "dev.holdfast.ledger..",
                        "dev.holdfast.lock..",
                        "dev.holdfast.survey..",
                        "dev.holdfast.engine..")
                .should()
                .callMethodWhere(describe("a write to the engine", ArchitectureTest::isWriteToEngine))
                .check(PROGRAM);
    }

    private static boolean isWriteToEngine(JavaCall<?> call) {
        return call.getTargetOwner().isEquivalentTo(Engine.class)
                && call.getName().matches("(create|update|remove)[A-Z].*");
    }

    @Test
    void theEngineCanRemoveNothingThatHoldsData() {
        assertThat(Arrays.stream(Engine.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(Method::getName)
                        .filter(name -> REMOVES.matcher(name).matches()))
                .containsExactlyInAnyOrder("removeService", "removeNetwork", "removeSecret", "removeConfig");
    }

    @Test
    void theEngineOffersNoRequestOfTheCallersChoice() {
        var methods = Arrays.stream(Engine.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> Arrays.stream(method.getParameterTypes())
                        .anyMatch(type -> type.getName().startsWith("com.github.dockerjava")));
        assertThat(methods).isEmpty();
    }

    @Test
    void noRequestNamesVolumes() throws IOException {
        for (var type : classFiles()) {
            for (var entry : ClassFile.of().parse(type).constantPool()) {
                if (entry instanceof StringEntry string) {
                    assertThat(string.stringValue()).as(type.toString()).doesNotContain("/volumes");
                }
            }
        }
    }

    @Test
    void onlyTheEnginePackageSpeaksToDocker() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.holdfast.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.github.dockerjava..")
                .check(PROGRAM);
    }

    @Test
    void noCommandOfTheDockerClientIsUsedThatRemovesOrPrunes() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("com\\.github\\.dockerjava\\..*(RemoveVolume|Prune|DockerClient).*Cmd.*")
                .check(PROGRAM);
    }

    /// The clone is the program's own, and can be made anew at any time.
    @Test
    void noFileOrDirectoryIsDeletedExceptInTheClone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.holdfast.git..")
                .should()
                .callMethodWhere(describe("a deletion of files", ArchitectureTest::isDeletion))
                .orShould()
                .accessTargetWhere(describe(
                        "a deletion of files", access -> access instanceof JavaCall<?> call && isDeletion(call)))
                .check(PROGRAM);
    }

    private static boolean isDeletion(JavaCall<?> call) {
        var owner = call.getTargetOwner();
        return (owner.isEquivalentTo(Files.class)
                        || owner.isAssignableTo(File.class)
                        || owner.getName().matches(".*(FileUtils|PathUtils|MoreFiles|FileSystemProvider)"))
                && REMOVES.matcher(call.getName()).matches();
    }

    private static List<Path> classFiles() throws IOException {
        try (var files = Files.walk(Path.of("target/classes/dev/holdfast"))) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }
}
