/* All consistent scenarios by our engine, from the model in memory: laying out the lanes is part of
 * what is timed. --threads N; --vectors scalar|avx2|avx512: the level of vectors [the best here]. */
#include "instance.h"

#include "engine/solver.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct how {
    fpli_level_of_vectors vectors;
    fpl_limits limits;
} how;

static bool next(void *context, const uint16_t *z)
{
    (void)context;
    (void)z;
    return true;
}

static instance_result solve(const fpl_model *model, const void *context)
{
    const how *h = context;
    fpli_solver *solver = NULL;
    fpl_outcome outcome = {0};
    fpl_error error = {0};
    if (fpli_solver_new(model, h->vectors, &solver) != FPL_OK) instance_fail("no memory");
    if (fpli_solver_visit(solver, NULL, &h->limits, next, NULL, &outcome, &error) !=
        FPL_OK)
        instance_fail(error.message);
    fpli_solver_free(solver);
    instance_result result = {.work = outcome.nodes};
    snprintf(result.answer, sizeof result.answer, "%" PRIu64, outcome.found);
    return result;
}

static fpli_level_of_vectors level_called(const char *name)
{
    static const char *const names[FPLI_VECTORS_END] = {"scalar", "avx2", "avx512"};
    for (int level = 0; level < FPLI_VECTORS_END; level++)
        if (strcmp(name, names[level]) == 0) {
            if (fpli_kernel_get((fpli_level_of_vectors)level, 2) == NULL)
                instance_absent("this processor has no such vectors");
            return (fpli_level_of_vectors)level;
        }
    return FPLI_VECTORS_END;
}

int main(int argc, char **argv)
{
    how h = {level_called(instance_option(argc, argv, "--vectors", "best")), {0}};
    h.limits.n_threads = atoi(instance_option(argc, argv, "--threads", "1"));
    fpl_model *model = instance_from(argc, argv);
    instance_measure(model, solve, &h);
    fpl_model_free(model);
    return 0;
}
