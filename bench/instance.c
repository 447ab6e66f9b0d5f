/* Options, the clock, medians. */
#include "instance.h"

#include <fahrplan/generate.h>
#include <fahrplan/io.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { RUNS_MAX = 25, RUNS_WANTED = 5 };
static const double SHORT = 1.0, LONG = 2.0; /* seconds */

static void leave(const char *message)
{
    fprintf(stderr, "%s\n", message);
    exit(2);
}

static fpl_family family_called(const char *name)
{
    static const char *const names[FPL_FAMILY_END] = {"random", "modular", "ordered"};
    for (int family = 0; family < FPL_FAMILY_END; family++)
        if (strcmp(name, names[family]) == 0) return (fpl_family)family;
    leave("no such family");
    return FPL_FAMILY_END;
}

fpl_model *instance_from(int argc, char **argv)
{
    fpl_generate_options o = {
        .n_descriptors = 10, .n_variants = 3, .density = 0.5, .seed = 1};
    const char *file = NULL;
    fpl_model *model = NULL;
    fpl_error error = {0};
    o.module_size = 8;
    for (int i = 1; i + 1 < argc; i += 2) {
        const char *option = argv[i], *value = argv[i + 1];
        if (strcmp(option, "--model") == 0) file = value;
        if (strcmp(option, "--family") == 0) o.family = family_called(value);
        if (strcmp(option, "--n") == 0) o.n_descriptors = atoi(value);
        if (strcmp(option, "--k") == 0) o.n_variants = atoi(value);
        if (strcmp(option, "--density") == 0) o.density = atof(value);
        if (strcmp(option, "--cross") == 0) o.cross = atof(value);
        if (strcmp(option, "--module") == 0) o.module_size = atoi(value);
        if (strcmp(option, "--seed") == 0) o.seed = strtoull(value, NULL, 10);
    }
    const fpl_status status = file == NULL ? fpl_model_generate(&o, &model, &error)
                                           : fpl_model_load(file, NULL, &model, &error);
    if (status != FPL_OK) leave(error.message);
    return model;
}

void instance_without_exclusions(const fpl_model *model)
{
    if (fpl_model_content(model)->exclusions.n > 0) leave("rivals know no exclusions");
}

/* Processor time of this thread, not of the wall: the machine may be shared. (That of the process
 * goes by coarse ticks where its processor time is limited.) */
static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void instance_measure(const fpl_model *model, instance_solver solve)
{
    double runs[RUNS_MAX], total = 0;
    instance_result result = {0};
    int n = 0;
    while (n < RUNS_MAX && total < (n < RUNS_WANTED ? LONG : SHORT)) {
        const double start = seconds_now();
        result = solve(model);
        runs[n] = seconds_now() - start;
        total += runs[n++];
    }
    qsort(runs, (size_t)n, sizeof *runs, by_size);
    const double median = (runs[n / 2] + runs[(n - 1) / 2]) / 2;
    printf("{\"solutions\": %" PRIu64 ", \"nodes\": %" PRIu64
           ", \"seconds\": %.9f, \"runs\": %d}\n",
           result.solutions, result.nodes, median, n);
}
