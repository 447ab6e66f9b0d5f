/* Loading a model from a file. The answer: descriptors, variants, sum of the matrix. */
#include "instance.h"

#include <fahrplan/io.h>

#include <inttypes.h>
#include <stdio.h>

static instance_result solve(const fpl_model *nothing, const void *context)
{
    fpl_model *model = NULL;
    fpl_error error = {0};
    instance_result result = {0};
    int64_t sum = 0;
    (void)nothing;
    if (fpl_model_load(context, NULL, &model, &error) != FPL_OK)
        instance_fail(error.message);
    const int n = fpl_model_n_descriptors(model), V = fpl_model_offset(model, n);
    for (size_t i = 0; i < (size_t)V * (size_t)V; i++)
        sum += fpl_model_matrix(model)[i] * (int64_t)(i % 1009);
    result.work = (uint64_t)V * (uint64_t)V;
    snprintf(result.answer, sizeof result.answer, "%d, %d, %" PRId64, n, V, sum);
    fpl_model_free(model);
    return result;
}

int main(int argc, char **argv)
{
    const char *file = instance_option(argc, argv, "--model", NULL);
    if (file == NULL) instance_fail("--model FILE is due");
    instance_measure(NULL, solve, file);
    return 0;
}
