/* The distribution of total tension over all scenarios. --threads N. The answer: number of bins, how
 * many scenarios have none, and the sum of all tensions. */
#include "instance.h"

#include <fahrplan/tension.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t value(const fpl_count *count)
{
    uint64_t n = 0;
    if (fpl_count_get_u64(count, &n) != FPL_OK) instance_fail("beyond 64 bits");
    return n;
}

static instance_result solve(const fpl_model *model, const void *context)
{
    fpl_tension_distribution found = {0};
    fpl_error error = {0};
    instance_result result = {0};
    uint64_t sum = 0;
    if (fpl_tension_distribution_compute(model, context, &found, &error) != FPL_OK)
        instance_fail(error.message);
    for (size_t t = 0; t < found.n_bins; t++) {
        result.work += value(&found.frequency[t]);
        sum += t * value(&found.frequency[t]);
    }
    snprintf(result.answer, sizeof result.answer, "%zu, %" PRIu64 ", %" PRIu64,
             found.n_bins, value(&found.frequency[0]), sum);
    fpl_tension_distribution_clear(&found);
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
