// policysim: AWS policy documents, compiled once, decided exactly. The whole public interface.
#pragma once

#include "policysim/decision.hpp"
#include "policysim/diagnostic.hpp"
#include "policysim/evaluator.hpp"
#include "policysim/explanation.hpp"
#include "policysim/policy.hpp"
#include "policysim/policy_set.hpp"
#include "policysim/request.hpp"
#include "policysim/result.hpp"
#include "policysim/version.hpp"
#include "policysim/world.hpp"
