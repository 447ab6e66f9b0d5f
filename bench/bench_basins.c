/* Every attractor under the global rule with its weight. --threads N. The answer: how many there
 * are, how many starts end in a cycle, and the largest weight. */
#include "instance.h"

#include <fahrplan/basins.h>

#include <stdio.h>
#include <stdlib.h>

static char *digits_of(const fpl_count *count)
{
    char *digits = NULL;
    if (fpl_count_digits(count, &digits) != FPL_OK) instance_fail("no memory");
    return digits;
}

static instance_result solve(const fpl_model *model, const void *context)
{
    const fpl_basin_options options = {.dynamics.rule = FPL_SUCCESSION_GLOBAL};
    fpl_basins *basins = NULL;
    fpl_error error = {0};
    instance_result result = {0};
    if (fpl_basins_compute(model, &options, context, &basins, &error) != FPL_OK)
        instance_fail(error.message);
    char *cyclic = digits_of(fpl_basins_cyclic(basins));
    char *largest = digits_of(fpl_basins_get(basins, 0)->weight);
    snprintf(result.answer, sizeof result.answer, "%zu, %s, %s",
             fpl_basins_n_found(basins), cyclic, largest);
    fpl_count_get_u64(fpl_basins_starts(basins), &result.work);
    fpl_string_free(cyclic);
    fpl_string_free(largest);
    fpl_basins_free(basins);
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
