// What a program can ask about its workers: threading.enumerate, os.getppid, and the kernel's own view of a
// process.
#pragma once

#include <string>
#include <vector>

#include "core/sync/object.hpp"

namespace lockstep::api {

/// The names of the threads of the calling process that are alive, its main thread first, then by number.
/// Asks one thread after the other (each one visible step that reads); CPython holds a lock meanwhile.
std::vector<std::string> enumerate(Where at = Where::current());
/// len(enumerate())
int active_count(Where at = Where::current());

/// os.getppid(): the pid of the process that started the caller's; once that has ended, of the run's
/// supervisor, which adopts orphans (1 where processes are only modelled). One visible step on the parent.
int parent_pid(Where at = Where::current());
/// The same of another process of the run. ValueError if `pid` is none.
int parent_pid_of(int pid, Where at = Where::current());

/// The letter of /proc/PID/stat: 'R' running, 'S' sleeping, 'Z' zombie (ended, and its parent has not waited
/// for it) …; 0 if it is gone. One visible step on the process. In a stepped run a process that lives shows
/// 'S': it waits for its turn. ValueError if `pid` is no process of the run.
char kernel_state(int pid, Where at = Where::current());

/// os.kill(pid, signal): SIGTERM or SIGKILL (or any other) to a process of the run; it may still live just
/// after. ProcessLookupError if `pid` is none.
void os_kill(int pid, int signal, Where at = Where::current());

}  // namespace lockstep::api
