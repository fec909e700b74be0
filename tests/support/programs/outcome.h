// What a running SEPAKAT knows in the end, as text that two systems which were told the same agree
// on.
//
// One line each: records by decision, the quarantine by reason, every figure of every region of
// Kabupaten Pekalongan down to the village, programmes with the need of every region and the bound
// of their proposal, achievement of targets. Left out is what depends on the path: publication
// numbers, instants, repeats, and whom of equals a proposal serves, because a proposal keeps to the
// one before where that costs little. What is not there yet is missing. Fails the test when an
// ingest's counts do not add up or a proposal passes its ceiling.
#pragma once

#include <string>

#include "tests/support/programs/front_door.h"

namespace sepakat::support {

std::string OutcomeOf(const FrontDoor& door);

// Waits until the outcome of a system that was disturbed is that of one that was not; fails the
// test with the lines that differ when it does not become so.
void ExpectSameOutcome(const FrontDoor& undisturbed, const FrontDoor& disturbed);

}  // namespace sepakat::support
