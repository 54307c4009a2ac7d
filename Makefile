# make            the release library
# make demo       sends the Fore sample to a capture server and shows what arrived
# make test       everything: lints, unit tests, dialogues, C and Python hosts, real servers, the installed tree
# make test-aws-lc  what the feature tls-aws-lc changes
# make install    PREFIX=/usr/local, DESTDIR= for packagers
# make gen        the header and what else is made from src/ffi
# make bench      side by side with libcurl, lettre, mail-send, smtp-source and smtplib

CARGO  ?= cargo
PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
DATADIR ?= $(PREFIX)/share

VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
MAJOR   := $(firstword $(subst ., ,$(VERSION)))
RELEASE := $(or $(CARGO_TARGET_DIR),target)/release

.PHONY: all demo test test-aws-lc install gen bench clean

# Without the rlib, which `cargo build` makes too: its symbols have to stay, so that less is inlined.
all:
	$(CARGO) rustc --release --lib --crate-type cdylib,staticlib

demo: all
	tests/tools/demo.sh $(RELEASE)

test:
	tests/run.sh

test-aws-lc:
	$(CARGO) test --features tls-aws-lc --lib -- net::tls pki
	$(CARGO) test --features tls-aws-lc --test tls_hostile --test tls_peers

gen:
	$(CARGO) run --quiet --package xtask -- gen

bench: all
	python3 benches/run.py

# Root, who installs, need not have cargo: then what was built before is installed.
install:
	@if command -v $(CARGO) >/dev/null; then $(MAKE) all; fi
	install -d "$(DESTDIR)$(LIBDIR)/pkgconfig" "$(DESTDIR)$(LIBDIR)/cmake/inetmail" "$(DESTDIR)$(INCLUDEDIR)" "$(DESTDIR)$(DATADIR)/inetmail"
	install -m 755 $(RELEASE)/libinetmail.so "$(DESTDIR)$(LIBDIR)/libinetmail.so.$(VERSION)"
	ln -sf libinetmail.so.$(VERSION) "$(DESTDIR)$(LIBDIR)/libinetmail.so.$(MAJOR)"
	ln -sf libinetmail.so.$(MAJOR) "$(DESTDIR)$(LIBDIR)/libinetmail.so"
	install -m 644 $(RELEASE)/libinetmail.a "$(DESTDIR)$(LIBDIR)/libinetmail.a"
	install -m 644 include/inetmail.h "$(DESTDIR)$(INCLUDEDIR)/inetmail.h"
	install -m 644 api/inetmail.json "$(DESTDIR)$(DATADIR)/inetmail/inetmail.json"
	for file in pkgconfig/inetmail.pc cmake/inetmail/inetmail-config.cmake cmake/inetmail/inetmail-config-version.cmake; do \
		sed -e 's|@LIBDIR@|$(LIBDIR)|g' -e 's|@INCLUDEDIR@|$(INCLUDEDIR)|g' -e 's|@VERSION@|$(VERSION)|g' \
			"install/$${file##*/}.in" > "$(DESTDIR)$(LIBDIR)/$$file" || exit 1; \
	done
	if [ -z "$(DESTDIR)" ] && [ "$$(id -u)" = 0 ]; then ldconfig; fi

clean:
	$(CARGO) clean
