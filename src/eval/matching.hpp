// Matches the candidates of every layer: Binding -> Tally.
#pragma once

#include "eval/binding.hpp"
#include "eval/recorder.hpp"
#include "eval/scratch.hpp"
#include "eval/tally.hpp"

namespace policysim::eval {

// Denies of all layers in the order in which they are named, then Allows. With NoRecorder it stops
// at the first certain Deny, and in each layer but the resource's at the first certain Allow.
template <class Rec>
Tally match_layers(const Binding& binding, Scratch& scratch, Rec& recorder);

extern template Tally match_layers(const Binding&, Scratch&, NoRecorder&);
extern template Tally match_layers(const Binding&, Scratch&, Recorder&);

}  // namespace policysim::eval
