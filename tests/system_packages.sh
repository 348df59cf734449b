#!/bin/sh
# Install what the suite needs from the system: PostGIS, a browser, fonts, a reader of PDF.
# Only on Debian and its children, only as root or with sudo that asks no
# password. Elsewhere say loudly what will be skipped, and go on.
set -eu

have_postgis() {
    for control in /usr/share/postgresql/*/extension/postgis.control; do
        if [ -e "$control" ]; then
            version=$(basename "$(dirname "$(dirname "$control")")")
            [ -x "/usr/lib/postgresql/$version/bin/initdb" ] && return 0
        fi
    done
    return 1
}

have_browser() {
    command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1
}

have_fonts() {
    [ -e /usr/share/fonts/truetype/noto/NotoSansBengali-Regular.ttf ]
}

have_pdf_reader() {
    command -v pdftotext >/dev/null 2>&1
}

is_complete() {
    have_postgis && have_browser && have_fonts && have_pdf_reader
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

may_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null
}

# Debian numbers the package by its PostgreSQL: 15 in bookworm, 17 in trixie.
postgis_package() {
    apt-cache pkgnames postgresql- | grep -E '^postgresql-[0-9]+-postgis-3$' | sort -V | tail -n 1
}

install_missing() {
    as_root apt-get update -qq || return 1
    packages=""
    have_postgis || packages="$packages $(postgis_package)"
    have_browser || packages="$packages chromium"
    have_fonts || packages="$packages fonts-noto-core"
    have_pdf_reader || packages="$packages poppler-utils"
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends $packages >/dev/null
}

is_complete && exit 0

if may_install; then
    echo "Installing the system packages of the tests ..." >&2
    install_missing || echo "The installation of system packages failed." >&2
fi

warn() {
    printf '\n*** SKIPPED: %s\n*** On Debian: apt-get install %s\n\n' "$1" "$2" >&2
}

have_postgis || warn "every test on PostGIS" "postgresql-15-postgis-3"
have_browser || warn "every test in a browser" "chromium"
have_fonts || warn "pictures of Bengali and Hindi text may lack letters" "fonts-noto-core"
have_pdf_reader || warn "what a PDF says isn't read back" "poppler-utils"
exit 0
