rootProject.name = "outcrop"

dependencyResolutionManagement {
    repositories {
        mavenCentral()
    }
}
