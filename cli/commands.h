/* The commands, one file each. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "call.h"

extern const command_row command_run, command_check, command_scenarios, command_count,
    command_explain, command_rank, command_system, command_convert, command_fmt,
    command_set, command_generate, command_trace, command_basins, command_landscape,
    command_roadmap, command_gates, command_loops, command_path, command_signposts,
    command_levers, command_tipping, command_diff, command_whatif, command_version,
    command_man, command_completion;

#endif
