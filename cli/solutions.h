/* Solution files of ScenarioWizard on the command line. */
#ifndef SOLUTIONS_H
#define SOLUTIONS_H

#include "call.h"

/* Write scenarios as a solution file to --output. Returns the exit code. */
int solutions_write(command_call *call, const fpl_model *model,
                    const fpl_scenarios *found);

/* Whether --format or --output ask for a solution file. */
bool solutions_wanted(const shared_options *shared);

/* Write the fixed points of basins, in listing order, with their weights. Returns the exit code. */
int solutions_write_basins(command_call *call, const fpl_model *model,
                           const fpl_basins *basins);

/* Hold the rows of a solution file against a model and show how they fit. Returns the exit code:
 * EXIT_NO if a row does not fit. */
int solutions_check(command_call *call, const char *path, const char *model_path);

#endif
