// Resolves the official models and the generator from Maven Central, then calls outcrop-codegen, which does the rest.

fun pinned(name: String): String = providers.gradleProperty(name).get()

val generator by configurations.creating {
    resolutionStrategy.eachDependency {
        if (requested.group == "software.amazon.smithy") useVersion(pinned("smithyVersion"))
    }
}
val runtimeModel by configurations.creating { isTransitive = false }
val controlModel by configurations.creating { isTransitive = false }

dependencies {
    generator("software.amazon.smithy:smithy-cli:${pinned("smithyVersion")}")
    generator("software.amazon.smithy:smithy-aws-traits:${pinned("smithyVersion")}")
    generator("software.amazon.smithy.rust:codegen-server:${pinned("rustServerCodegenVersion")}")
    runtimeModel("software.amazon.api.models:bedrock-runtime:${pinned("bedrockRuntimeModelVersion")}")
    controlModel("software.amazon.api.models:bedrock:${pinned("bedrockModelVersion")}")
}

// The one JSON AST in a model's jar.
fun modelIn(model: Configuration): String =
    zipTree(model.singleFile).matching { include("META-INF/smithy/**/*.json") }.singleFile.path

tasks.register<Exec>("generate") {
    group = "build"
    description = "Generates crates/bedrock-smithy and crates/bedrock-runtime-smithy from the official models."
    // The Smithy CLI runs on the JDK that Gradle runs on.
    environment("JAVA_HOME", System.getProperty("java.home"))
    commandLine(
        "cargo", "run", "--package", "outcrop-codegen", "--", "generate",
        "--classpath", generator.asPath,
        "--model-runtime", modelIn(runtimeModel),
        "--model-control", modelIn(controlModel),
    )
}
