# Commands for those who build Jangteo POS. `./test` is the check that counts; these are the others.
PYTHON := .venv/bin/python
UV := .tools/env/bin/uv
COMPILE := $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate
export QT_QPA_PLATFORM ?= offscreen

.PHONY: help test bench soak drills package acceptance screens lock chroot

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

test: ## lint, types, floors, sizes and every test
	./test

bench: .venv/stamp ## speed beside its floor, with the aims
	$(PYTHON) -m tests.bench

soak: .venv/stamp ## the long runs that ./test leaves out
	$(PYTHON) -m pytest -m soak --timeout 3600

drills: .venv/stamp ## power cut, broken file, full disk, lost laptop: figures
	$(PYTHON) -m tests.drills

package: .venv/stamp ## build what this machine can into dist/: .deb, archive for a stick, wheel (KEYS=, ONLY=)
	$(PYTHON) -m installer.package $(if $(KEYS),--keys $(KEYS)) $(if $(ONLY),--only $(ONLY))

acceptance: .venv/stamp ## acceptance lines beside the tests that prove them
	@$(PYTHON) -m installer.acceptance

screens: .venv/stamp ## draw every screen into resources/screens
	$(PYTHON) -m tests.screens

lock: .venv/stamp ## pin the dependencies of pyproject.toml anew, with hashes and without addresses
	$(COMPILE) --custom-compile-command "make lock" --upgrade --extra register pyproject.toml -o requirements.lock
	$(COMPILE) --custom-compile-command "make lock" --upgrade --extra register --extra server --group dev \
		-c requirements.lock pyproject.toml -o requirements-dev.lock
	echo uv | $(COMPILE) --no-header - -o installer/uv.txt >/dev/null
	echo 'pyinstaller>=6.16' | $(COMPILE) --no-header - -o installer/pyinstaller.txt >/dev/null
	@! grep -n '://' requirements.lock requirements-dev.lock installer/uv.txt installer/pyinstaller.txt

chroot: ## ./run and ./test on a bare Debian (as root; needs debootstrap)
	installer/bare_chroot.sh $${CHROOT:-/tmp/jangteo-chroot} make copy run test

.venv/stamp:
	./test --version
