# SafeRun. `make` alone lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

MAVEN := mvn --batch-mode --no-transfer-progress -Dstyle.color=never
DEMO_DATA := target/demo
BENCH := target/bench
PROOF_DATA :=
PROOF_POLICY := standard
INTENT_DATA := ../shared

.PHONY: help
help: ## List these targets
	@echo "SafeRun: make TARGET"
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: ## Install what the build needs and this machine lacks (apt: JDK, Maven)
	@bin/setup

.PHONY: build
build: setup ## Compile, check and package, without the tests
	$(MAVEN) -q package -DskipTests
	@echo "built: appliance/bin/saferun runs it"

.PHONY: test
test: setup ## Build and run every test
	$(MAVEN) verify

.PHONY: demo
demo: build ## Start with an embedded database, play the six failure simulations, leave it serving
	@bin/demo $(DEMO_DATA)

.PHONY: demo-stop
demo-stop: ## Stop what `make demo` left serving
	@bin/demo --stop $(DEMO_DATA)

.PHONY: format
format: ## Format the sources
	$(MAVEN) -q spotless:apply

.PHONY: openapi
openapi: ## Write appliance/openapi.yml and docs/roles.md anew from the sources
	$(MAVEN) -q test -pl appliance -am -Dtest=OpenApiTest,RolesPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dsaferun.openapi.write=true

.PHONY: simulation
simulation: setup ## The journal over a faulty disk: 10,000 seeds
	$(MAVEN) -q test -pl replay -am -Dtest=JournalSimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dsaferun.simulation.seeds=10000

.PHONY: reliability
reliability: build ## Kill the appliance and its database under load, fill its disk, with negative controls
	@bin/reliability

.PHONY: bench
bench: build ## Compare with a bare echo and with Cerbos, interleaved, on this machine
	@bin/bench $(BENCH)

.PHONY: engine-bench
engine-bench: build ## What deciding costs, by JMH: our conditions beside CEL's own runtime, small and large policies
	@bin/engine-bench

.PHONY: redaction-bench
redaction-bench: build ## What redaction costs, by JMH: path rules, detectors and both, on documents of 4 and 16 KiB
	@bin/redaction-bench

.PHONY: publish-bench
publish-bench: build ## Rules put in force: a thousand at once, one of a thousand, a hundred times a second
	@bin/publish-bench $(BENCH)

.PHONY: backtest-bench
backtest-bench: build ## Recorded decisions decided again: how many a second, and whether live checks notice
	@bin/backtest-bench $(BENCH)

.PHONY: audit-bench
audit-bench: build ## How long an exported audit log of a million entries takes to verify
	@bin/audit-bench $(BENCH)

.PHONY: siem-bench
siem-bench: build ## A SIEM that was away with 200,000 events behind: what arrives, how fast, and whether live checks notice
	@bin/siem-bench $(BENCH)

.PHONY: door-bench
door-bench: build ## Whether the time that a refusal takes tells what is there
	@bin/door-bench $(BENCH)

.PHONY: loops
loops: setup ## The loop guard and the rules of others on the same traces, as a table
	$(MAVEN) -q test -pl evaluator -am -Dtest=LoopTracesTest -Dsurefire.failIfNoSpecifiedTests=false -Dsaferun.loops.traces=1000 -Dsaferun.loops.recorded=100000

.PHONY: intent-model
intent-model: build ## Make the Intent Guard's model again from recorded runs; INTENT_DATA=FOLDER says where they are
	@bin/intent-model $(INTENT_DATA) $(BENCH)/intent

.PHONY: proof-bench
proof-bench: build ## Verify 100,000 decisions; PROOF_DATA=FILE.jsonl.gz takes recorded runs, PROOF_POLICY=production seals
	@"$$(appliance/bin/saferun --java)" -Xmx1500m -cp "replay/target/test-classes:replay/target/classes:$$(cat appliance/target/test-classpath)" \
	  dev.saferun.replay.proof.ProofBench simulations "$(PROOF_DATA)" "$(PROOF_POLICY)"

.PHONY: lines
lines: ## The longest files and methods
	@bin/lines

.PHONY: clean
clean: ## Remove what the build made
	$(MAVEN) -q clean
	rm -rf target
