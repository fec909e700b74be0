# A thin door: every command is a script below deploy/scripts, and `make help` explains them.

.DEFAULT_GOAL := help
PRESET ?= release
.PHONY: help run test bench stack contracts lint asan format clean

help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

run:  ## build everything, load the demonstration register and serve it; Ctrl-C ends it, data/ keeps it
	@deploy/scripts/run.sh

test:  ## build and run all tests, those with a real Kafka, Redis and browser included
	@deploy/scripts/test.sh $(PRESET)

bench:  ## measure beside other systems and print one table; SIZE=1M|10M|90M families, NAME="..." for some only
	@deploy/scripts/bench.sh $(PRESET) $(NAME)

stack:  ## Kafka, Redis and the five services as processes of their own; Ctrl-C ends them
	@deploy/scripts/stack.sh

contracts:  ## rewrite docs/EVENTS.md and protos/surface.txt after a change of the .proto files
	@deploy/scripts/build.sh $(PRESET) write_contract_documents
	@find build/$(PRESET) -name write_contract_documents -type f -exec {} \;

asan:  ## the C++ tests under the address and undefined behaviour sanitizers
	@deploy/scripts/test.sh asan

lint:  ## formatting and clang-tidy, both at zero
	@deploy/scripts/lint.sh

format:  ## format all C++ sources
	@deploy/scripts/lint.sh format

clean:  ## remove what was built; data/ stays
	@rm -rf build services/gateway/web/dist services/gateway/web/node_modules
