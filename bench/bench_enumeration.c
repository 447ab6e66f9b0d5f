/* All consistent scenarios by our engine, one thread, from the model in memory: laying
 * out the lanes is part of what is timed. */
#include "instance.h"

#include <fahrplan/scenarios.h>

#include <stdio.h>
#include <stdlib.h>

static bool next(void *context, const uint16_t *z)
{
    (void)context;
    (void)z;
    return true;
}

static instance_result solve(const fpl_model *model)
{
    const fpl_limits limits = {.n_threads = 1};
    fpl_outcome outcome = {0};
    fpl_error error = {0};
    if (fpl_scenarios_visit(model, NULL, &limits, next, NULL, &outcome, &error) !=
        FPL_OK) {
        fprintf(stderr, "%s\n", error.message);
        exit(2);
    }
    return (instance_result){outcome.found, outcome.nodes};
}

int main(int argc, char **argv)
{
    fpl_model *model = instance_from(argc, argv);
    instance_measure(model, solve);
    fpl_model_free(model);
    return 0;
}
