// Limits that the system sets to a process.
#pragma once

namespace lockstep::platform {

/// Exit status of a process of spawn_self that could not be given its descriptors.
inline constexpr int kNoDescriptorLeft = 126;

/// Raises the soft limit of open descriptors of this process, and of those that it forks, to the hard one.
void allow_most_descriptors();

}  // namespace lockstep::platform
