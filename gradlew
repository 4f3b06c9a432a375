#!/bin/sh
# Downloads the Gradle distribution that gradle.properties pins, checks its SHA-256, and runs it.
# Behind a mirror, OUTCROP_GRADLE_URL is where the zip is.
set -eu

cd "$(dirname "$0")"

die() {
    echo "gradlew: $1" >&2
    exit 1
}

pinned() {
    sed -n "s/^$1=//p" gradle.properties
}

version=$(pinned gradleVersion)
sha256=$(pinned gradleSha256)
[ -n "$version" ] && [ -n "$sha256" ] || die "gradle.properties has no gradleVersion or no gradleSha256"
url=${OUTCROP_GRADLE_URL:-https://services.gradle.org/distributions/gradle-$version-bin.zip}
home=.gradle/distribution/gradle-$version

download() {
    if command -v curl >/dev/null; then
        curl --fail --location --silent --show-error --output "$2" "$1"
    elif command -v wget >/dev/null; then
        wget --quiet --output-document="$2" "$1"
    else
        die "needs curl or wget"
    fi
}

sum() {
    if command -v sha256sum >/dev/null; then
        sha256sum "$1"
    elif command -v shasum >/dev/null; then
        shasum -a 256 "$1"
    else
        die "needs sha256sum or shasum"
    fi
}

unpack() {
    if command -v unzip >/dev/null; then
        unzip -q "$1" -d "$2"
    else
        (zip=$PWD/$1 && cd "$2" && jar xf "$zip")
    fi
}

# The folder gets its name last, so that an interrupted run leaves nothing that looks complete.
if [ ! -d "$home" ]; then
    scratch=.gradle/distribution/scratch.$$
    trap 'rm -rf "$scratch"' EXIT
    mkdir -p "$scratch"
    download "$url" "$scratch/gradle.zip" || die "cannot download $url"
    actual=$(sum "$scratch/gradle.zip" | cut -d ' ' -f 1)
    [ "$actual" = "$sha256" ] || die "$url has the SHA-256 $actual; gradle.properties wants $sha256"
    unpack "$scratch/gradle.zip" "$scratch"
    mv "$scratch/gradle-$version" "$home"
    rm -rf "$scratch"
    trap - EXIT
fi

exec sh "$home/bin/gradle" "$@"
