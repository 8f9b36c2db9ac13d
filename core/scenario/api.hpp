// Everything that a scenario program is written with, in one include.
#pragma once

#include "core/process/executor.hpp"
#include "core/process/file.hpp"
#include "core/process/inspect.hpp"
#include "core/process/manager.hpp"
#include "core/process/pipe.hpp"
#include "core/process/pool.hpp"
#include "core/process/tcp.hpp"
#include "core/process/value.hpp"
#include "core/process/worker.hpp"
#include "core/scenario/scenario.hpp"
#include "core/sync/barrier.hpp"
#include "core/sync/condition.hpp"
#include "core/sync/event.hpp"
#include "core/sync/gil.hpp"
#include "core/sync/lock.hpp"
#include "core/sync/program.hpp"
#include "core/sync/queue.hpp"
#include "core/sync/semaphore.hpp"
#include "core/sync/variable.hpp"

namespace lockstep::api {
using lockstep::Chapter;
using lockstep::Error;
using lockstep::Expectation;
using lockstep::Outcome;
using lockstep::Registration;
using lockstep::Setup;
using lockstep::Verdict;
}  // namespace lockstep::api
