#pragma once

namespace crumbproof::cli {

/// Has a write that cannot be done fail, where it would end the process (a pipe that no one reads,
/// a file that may grow no more) or go elsewhere: a standard stream that the process was started
/// without is opened, on nothing, lest a file of a report gets its number. To be called before
/// anything is opened.
void secure_standard_streams();

/// Whether the standard output is a pipe or socket whose reader is gone, as that of `| head` soon
/// is: what is not read then is not missed.
bool output_has_no_reader();

}  // namespace crumbproof::cli
