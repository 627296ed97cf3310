# Common jobs on Debian 12; `make help` lists them. Other systems: install the equivalents of tools/packages-*.txt
# and use the presets of CMake directly.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.NOTPARALLEL:
.DEFAULT_GOAL := help

# Debian's own: its modules (tools/packages-test.txt) are invisible to other Pythons in the PATH.
PYTHON ?= /usr/bin/python3
program := build/interregnum
page := build/page/page.html
article := scenarios/articles/deja-vu-in-mali.yaml
report := build/mali.html
said := $(report:.html=.txt)
# The record that ships alone, whatever has been imported here: there is no store in this place.
shipped_record := XDG_DATA_HOME=$(CURDIR)/build/no-store
bench_packages := libbenchmark-dev 1.7\npython3 3.11\n
cxx_files = $$(find src apps tests bench -name '*.hpp' -o -name '*.cpp')

# install_packages: read "name version-prefix" lines, install what is missing, warn of other versions.
define install_packages
install_packages() {
  command -v dpkg-query >/dev/null || { echo "make: no Debian packages here; trusting that those of tools/packages-*.txt are installed" >&2; return 0; }
  local -A wanted=()
  local name prefix status version
  while read -r name prefix; do wanted[$$name]=$$prefix; done < <(sed 's/#.*//; /^ *$$/d')
  local -A installed=()
  while read -r name status version; do
    if [ "$$status" = installed ]; then installed[$$name]=$$version; fi
  done < <(dpkg-query -W -f '$${Package} $${db:Status-Status} $${Version}\n' "$${!wanted[@]}" 2>/dev/null)
  local missing=()
  for name in "$${!wanted[@]}"; do
    if [ -z "$${installed[$$name]:-}" ]; then missing+=("$$name"); fi
  done
  if [ $${#missing[@]} -gt 0 ]; then
    local as_root=()
    if [ "$$(id -u)" -ne 0 ]; then as_root=(sudo); fi
    if [ $${#as_root[@]} -gt 0 ] && ! command -v sudo >/dev/null; then
      printf 'make: packages are missing and this is neither root nor is there sudo; as root, run\n  apt-get update && apt-get install %s\n' "$${missing[*]}" >&2
      return 1
    fi
    echo "Installing $${missing[*]}"
    # Quiet unless it fails: the list of a hundred dependencies would hide everything else.
    local log; log=$$(mktemp)
    if ! { "$${as_root[@]}" apt-get -o Acquire::Retries=3 update &&
           "$${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=3 install -y --no-install-recommends "$${missing[@]}"
         } >"$$log" 2>&1 </dev/null; then
      tail -n 30 "$$log" >&2; rm -f "$$log"
      echo "make: could not install $${missing[*]}" >&2
      return 1
    fi
    rm -f "$$log"
    for name in "$${missing[@]}"; do installed[$$name]=$$(dpkg-query -W -f '$${Version}' "$$name"); done
  fi
  for name in "$${!wanted[@]}"; do
    case "$${installed[$$name]}" in
      "$${wanted[$$name]}"*) ;;
      *) echo "make: WARNING: $$name is $${installed[$$name]}; the project is tested with $${wanted[$$name]}* of Debian 12" >&2 ;;
    esac
  done
}
endef

# stage NAME COMMAND...: time a step of `make test`, by the clock and by what processors worked, which does not depend on
# other work beside it; on failure name it and stop.
define stage
summary=""
# Reads what the builtin `times` wrote: it must not write into a pipe, where it would tell of a subshell.
work_of_children() { awk -F '[ms ]' 'NR == 2 {print int(60 * $$1 + $$2 + 60 * $$4 + $$5)}' "$$times_file"; }
times_file=$$(mktemp)
trap 'rm -f "$$times_file"' EXIT
stage() {
  local name=$$1 begin=$$SECONDS; shift
  times >"$$times_file"
  local worked=$$(work_of_children)
  printf '\n==== %s\n' "$$name"
  "$$@" || { printf '\nmake test: FAILED in stage: %s\n' "$$name" >&2; exit 1; }
  times >"$$times_file"
  summary+=$$(printf '%-28s passed in %4d s, %5d s of work' "$$name" $$((SECONDS - begin)) $$(($$(work_of_children) - worked)))$${note:+  $$note}$$'\n'
  note=""
}
run_ctest() {
  # Kept in a file too, for the count of tests in the closing summary.
  "$${@:2}" ctest --preset "$$1" -j "$$(nproc)" --no-tests=error 2>&1 | tee "$$ctest_log" || return 1
  note=$$(grep 'tests passed' "$$ctest_log")
}
endef

# Node.js and npm, for the page that reports are written into; whichever are in the PATH will do.
define install_node
install_node() {
  if ! command -v npm >/dev/null; then printf 'nodejs 18\nnpm 9\n' | install_packages; fi
}
endef

.PHONY: help packages-run packages-test program page run test torture bench peers docs fit forward calibration onset golden format clean

help:
	@echo "make run     install what is missing, build, put an article on Mali's two coups to the test (build/mali.html)"
	echo "make test    all checks: layers, headers, format, tests, tests under sanitizers"
	echo "make torture attack the program: signals, full disks, hostile files (ROUNDS=10, some ten minutes)"
	echo "make page    build the page that reports (--report) are written into"
	echo "make bench   build and run the benchmarks"
	echo "make peers   time the crowds beside Mesa, numpy and plain C++, and check that all play the same model"
	echo "make docs    make again what is generated: parameters, schema, picture, the table of README"
	echo "make fit     fit the parameters that ship to the record, and score them"
	echo "make forward score forecasts of each year by what was known before it (some twenty minutes)"
	echo "make calibration  see whether the fit finds parameters again that are known"
	echo "make onset   score models of onset on a panel of country-months (MONTHS=file)"
	echo "make golden  accept the present output as the expected one of the golden tests"
	echo "make format  lay out all C++ files with clang-format"
	echo "make clean   remove everything that was built, results included"

packages-run:
	@$(install_packages)
	install_packages < tools/packages-run.txt

packages-test:
	@$(install_packages)
	cat tools/packages-run.txt tools/packages-test.txt | install_packages

# Without the tests, whose packages `make run` does not install; `make test` switches them on in the same folder.
build/build.ninja: CMakePresets.json | packages-run
	@cmake --preset release -DINTERREGNUM_TESTS=OFF
	touch $@  # CMake leaves it alone if nothing in it changes

program: packages-run build/build.ninja
	@cmake --build --preset release --target interregnum

page: $(page)

$(page): page/package.json page/package-lock.json page/build.mjs $(wildcard page/src/*)
	@$(install_packages)
	$(install_node)
	install_node
	# Node.js brings certificates of its own; those of the system count too (networks with a proxy of their own have them there).
	system=/etc/ssl/certs/ca-certificates.crt
	if [ -z "$${NODE_EXTRA_CA_CERTS:-}" ] && [ -e "$$system" ]; then export NODE_EXTRA_CA_CERTS=$$system; fi
	cd page
	npm ci --no-audit --no-fund --loglevel=error
	node build.mjs --out ../$(dir $@)

# Anew only if something that it is made from has changed since. What is said is kept last, and only of a whole run: Ctrl-C
# leaves a page of what was done.
run: program page
	@if [ ! -e $(report) ] || [ ! -e $(said) ] || [ -n "$$(find $(program) $(page) scenarios data -newer $(said) -print -quit)" ]; then
	  rm -f $(said)
	  $(program) article $(article) --report $(report) --force > $(said).tmp.new
	  mv $(said).tmp.new $(said)
	fi
	cat $(said)
	echo "Open $(report) in a browser. Other questions: $(program) --help"

test:
	@$(install_packages)
	$(stage)
	$(install_node)
	install_all() { cat tools/packages-run.txt tools/packages-test.txt | install_packages && install_node; }
	build_page() { $(MAKE) --no-print-directory page; }
	check_layers() { $(PYTHON) tools/check_layers.py --self-test && $(PYTHON) tools/check_layers.py; }
	check_format() { clang-format-16 --dry-run --Werror $(cxx_files); }
	configure() { cmake --preset "$$1" -DINTERREGNUM_TESTS=ON -DPython3_EXECUTABLE=$(PYTHON); }
	export ASAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-16
	# The sanitizers of clang 16 crash at random where the kernel shuffles addresses by more than 28 bits (Ubuntu 24.04's does).
	still=()
	if setarch -R true 2>/dev/null; then still=(setarch -R); fi
	stage "packages" install_all
	stage "page" build_page
	stage "layers" check_layers
	stage "configure release" configure release
	stage "headers alone" $(PYTHON) tools/check_headers.py --build build
	stage "format" check_format
	stage "build release" cmake --build --preset release
	ctest_log=build/ctest.log
	stage "tests release" run_ctest release
	stage "configure sanitizers" configure asan
	stage "build sanitizers" "$${still[@]}" cmake --build --preset asan
	ctest_log=build-asan/ctest.log
	stage "tests sanitizers" run_ctest asan "$${still[@]}"
	printf '\n==== make test: all passed in %d s\n%s' "$$SECONDS" "$$summary"

# Its table goes into docs/reliability.md. INTERREGNUM_SANITIZED=build-asan/interregnum reads the damaged files.
ROUNDS ?= 10
torture: program
	@INTERREGNUM=$(CURDIR)/$(program) INTERREGNUM_ROOT=$(CURDIR) $(PYTHON) tests/torture/torture.py --rounds $(ROUNDS) --docs

bench:
	@$(install_packages)
	{ cat tools/packages-run.txt; printf '$(bench_packages)'; } | install_packages
	cmake --preset bench -DPython3_EXECUTABLE=$(PYTHON)
	cmake --build --preset bench --target bench/all
	for benchmark in $$(find build-bench/bench -maxdepth 1 -type f -executable | sort); do
	  echo "==== $$benchmark"
	  "$$benchmark"
	done

# Half an hour. Mesa and numpy go into a Python of their own below build/.
peers:
	@$(install_packages)
	{ cat tools/packages-run.txt; printf '$(bench_packages)python3-venv 3.11\n'; } | install_packages
	cmake --preset bench -DPython3_EXECUTABLE=$(PYTHON)
	cmake --build --preset bench --target bench/peers/all
	mkdir -p build/peers
	if ! cmp -s bench/peers/requirements.txt build/peers/installed.txt; then
	  $(PYTHON) -m venv --clear build/peers/python
	  build/peers/python/bin/pip install --quiet --disable-pip-version-check -r bench/peers/requirements.txt
	  cp bench/peers/requirements.txt build/peers/installed.txt
	fi
	build/peers/python/bin/python bench/peers/compare.py --out build/peers \
	  --ours build-bench/bench/peers/interregnum_peer_ours --individuals build-bench/bench/peers/interregnum_peer_individuals

# Written aside and renamed, so that a failure leaves the old file whole.
docs: program page
	@$(install_packages)
	trap 'rm -f docs/*.tmp.new' EXIT
	$(PYTHON) tools/architecture.py
	$(program) params --markdown > docs/parameters.md.tmp.new
	mv docs/parameters.md.tmp.new docs/parameters.md
	$(program) schema > docs/scenario.schema.json.tmp.new
	mv docs/scenario.schema.json.tmp.new docs/scenario.schema.json
	$(PYTHON) tools/guide.py
	printf 'python3-matplotlib 3.6\nchromium\n' | install_packages
	$(PYTHON) tools/outcomes.py --program $(program)
	$(MAKE) --no-print-directory run > /dev/null
	node page/picture.mjs $(report) docs/mali.png
	$(PYTHON) tools/validation.py --program $(program)
	echo "Written: docs/parameters.md docs/scenario.schema.json docs/scenario-guide.md (its keys) docs/mali.png README.md (its table) docs/validation"

# A quarter of an hour or so: the parameters that ship, from the record alone, and what is said of them. Goes on where it was ended.
fit: program
	@$(shipped_record) $(program) fit --out build/fit --folds --json > build/fit.json
	mkdir -p data/folds-2011
	cp build/fit/posterior.nc data/posterior-2011.nc
	cp build/fit/fold-*.nc build/fit/to-1989.nc data/folds-2011/
	$(PYTHON) tools/findings.py --program $(program) --fit build/fit.json
	echo "Written: data/posterior-2011.nc data/folds-2011 docs/findings.md docs/validation/scores.md"

# Each year by what was known before it; the futures are those of `make fit`, if they are there.
forward: program
	@$(install_packages)
	printf 'python3-matplotlib 3.6\n' | install_packages
	$(shipped_record) $(program) score --forward --again --out build/fit --json > build/forward.json
	cp build/forward.json data/forward-2011.json
	$(PYTHON) tools/forward.py --scores data/forward-2011.json

# Twenty minutes or more: whether a fit finds known parameters again. Goes on where it was ended.
calibration: program
	@$(install_packages)
	printf 'python3-matplotlib 3.6\n' | install_packages
	$(shipped_record) $(program) fit --calibrate 112 --json --out build/calibration --seizure-draws 4096 --after-draws 2048 > build/calibration.json
	$(PYTHON) tools/calibration.py --calibration build/calibration.json --fit docs/validation/fit.json

# The panel is not part of this repository: make onset MONTHS=country_months.csv.gz
onset:
	@$(install_packages)
	printf 'python3-sklearn 1.2\npython3-pandas 1.5\npython3-matplotlib 3.6\n' | install_packages
	$(PYTHON) research/onset.py --months $(MONTHS) --out research

golden: packages-test program
	@export INTERREGNUM=$(program) INTERREGNUM_ROOT=.
	$(PYTHON) tests/cli/test_replay_golden.py --update
	$(PYTHON) tests/cli/test_machines.py --update

format: packages-test
	@clang-format-16 -i $(cxx_files)

clean:
	@rm -rf build build-dev build-bench build-asan build-tsan page/node_modules
