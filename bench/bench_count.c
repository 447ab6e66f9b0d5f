/* How many consistent scenarios there are, exactly, without listing them. --threads N. */
#include "instance.h"

#include <fahrplan/scenarios.h>

#include <stdio.h>
#include <stdlib.h>

static instance_result solve(const fpl_model *model, const void *context)
{
    fpl_outcome outcome = {0};
    fpl_error error = {0};
    fpl_count count = {0};
    char *digits = NULL;
    if (fpl_scenarios_count(model, NULL, context, &count, &outcome, &error) != FPL_OK)
        instance_fail(error.message);
    if (fpl_count_digits(&count, &digits) != FPL_OK) instance_fail("no memory");
    instance_result result = {.work = outcome.nodes};
    snprintf(result.answer, sizeof result.answer, "%s", digits);
    fpl_string_free(digits);
    fpl_count_clear(&count);
    return result;
}

int main(int argc, char **argv)
{
    const fpl_limits limits = {
        .n_threads = atoi(instance_option(argc, argv, "--threads", "1"))};
    fpl_model *model = instance_from(argc, argv);
    instance_measure(model, solve, &limits);
    fpl_model_free(model);
    return 0;
}
