package dev.tandem.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The directions of ARCHITECTURE.md: modules as the data flows, and packages within them. */
@AnalyzeClasses(packages = "dev.tandem", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule MODULES_USE_ONLY_WHAT_COMES_BEFORE_THEM = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("foundation")
            .definedBy("dev.tandem.foundation..")
            .layer("models")
            .definedBy("dev.tandem.models..")
            .layer("decoder")
            .definedBy("dev.tandem.decoder..")
            .layer("tuning")
            .definedBy("dev.tandem.tuning..")
            .layer("knowledge")
            .definedBy("dev.tandem.knowledge..")
            .layer("stores")
            .definedBy("dev.tandem.stores..")
            .layer("answering")
            .definedBy("dev.tandem.answering..")
            .layer("evaluation")
            .definedBy("dev.tandem.evaluation..")
            .layer("workspace")
            .definedBy("dev.tandem.workspace..")
            .layer("server")
            .definedBy("dev.tandem.server..")
            .layer("cli")
            .definedBy("dev.tandem.cli..")
            .whereLayer("foundation")
            .mayNotAccessAnyLayer()
            .whereLayer("models")
            .mayOnlyAccessLayers("foundation")
            .whereLayer("decoder")
            .mayOnlyAccessLayers("foundation", "models")
            .whereLayer("tuning")
            .mayOnlyAccessLayers("foundation", "models", "decoder")
            .whereLayer("knowledge")
            .mayOnlyAccessLayers("foundation", "models")
            .whereLayer("stores")
            .mayOnlyAccessLayers("foundation", "models", "knowledge")
            .whereLayer("answering")
            .mayOnlyAccessLayers("foundation", "models", "knowledge")
            .whereLayer("evaluation")
            .mayOnlyAccessLayers("foundation", "models", "knowledge", "answering")
            .whereLayer("workspace")
            .mayOnlyAccessLayers(
                    "foundation", "models", "decoder", "tuning", "knowledge", "stores", "answering", "evaluation")
            .whereLayer("server")
            .mayOnlyAccessLayers(
                    "foundation",
                    "models",
                    "decoder",
                    "tuning",
                    "knowledge",
                    "stores",
                    "answering",
                    "evaluation",
                    "workspace")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule NO_PACKAGE_DEPENDS_ON_ITSELF_BY_WAY_OF_OTHERS =
            slices().matching("dev.tandem.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = noClasses()
            .should()
            .haveSimpleNameContaining("Util")
            .orShould()
            .haveSimpleNameContaining("Helper")
            .orShould()
            .haveSimpleNameContaining("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveNameMatching(".*\\.Common(?!Options)[^.]*");

    @ArchTest
    static final ArchRule NOTHING_LOGS_THROUGH_THE_JDK = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.tandem.cli.console.QuietLogging")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..");

    /** The offline guard is not asked of redirects that a client follows by itself, nor of channels. */
    @ArchTest
    static final ArchRule NOTHING_CONNECTS_PAST_THE_OFFLINE_GUARD = noClasses()
            .should()
            .accessField(java.net.http.HttpClient.Redirect.class, "ALWAYS")
            .orShould()
            .accessField(java.net.http.HttpClient.Redirect.class, "NORMAL")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(
                    java.nio.channels.SocketChannel.class,
                    java.nio.channels.AsynchronousSocketChannel.class,
                    java.nio.channels.DatagramChannel.class,
                    java.net.DatagramSocket.class)
            .orShould()
            .callMethod(java.net.http.HttpClient.Builder.class, "proxy", java.net.ProxySelector.class);

    @ArchTest
    static final ArchRule CLASSES_ARE_FINAL_UNLESS_THEY_ARE_MEANT_TO_BE_EXTENDED = classes()
            .that()
            .areTopLevelClasses()
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnnotations()
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);
}
