# Driftledger's commands. Nothing is needed but git, make and a JDK 25; the rest is fetched.

JAVA_HOME_FOUND := $(shell bin/find-java)
MVN := JAVA_HOME="$(JAVA_HOME_FOUND)" ./mvnw -B -ntp
DATA ?= .sandbox
ARGS ?=

.PHONY: help sandbox sandbox-clean build test kube format bench mutation soak clean need-java
.DEFAULT_GOAL := help

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-22s %s\n", $$1, $$2}'

sandbox: target/driftledger.jar kube ## start everything on this machine and show the first drift
	@bin/driftledger sandbox --data $(DATA) $(ARGS) || test $$? -eq 130

sandbox-clean: ## forget the sandbox's data
	@test ! -d $(DATA) || { $(MAKE) -s build && bin/driftledger sandbox --data $(DATA) --forget; }

build: target/driftledger.jar ## build the one jar, target/driftledger.jar

target/driftledger.jar: pom.xml $(shell find src/main -type f) | need-java
	$(MVN) -q package -DskipTests
	@touch $@

test: need-java kube ## build and run all tests; kube-apiserver's where it can be had
	@kube/chromium
	$(MVN) verify

kube: need-java ## get kube-apiserver, etcd and kubectl once, into ~/.cache/driftledger
	@JAVA_HOME="$(JAVA_HOME_FOUND)" kube/obtain

format: need-java ## format all sources
	$(MVN) -q spotless:apply

bench: need-java ## run the benchmarks (minutes)
	@bin/bench

mutation: need-java ## change the engine in small ways; its tests must notice 85 % (20 minutes)
	$(MVN) -q -Ppit test-compile org.pitest:pitest-maven:mutationCoverage

soak: need-java kube ## run the long random loops; each prints its seed
	$(MVN) verify -Psoak

clean: need-java ## delete what was built
	$(MVN) -q clean

need-java:
	@test -n "$(JAVA_HOME_FOUND)"
