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

void instance_fail(const char *message)
{
    fprintf(stderr, "%s\n", message);
    exit(2);
}

void instance_absent(const char *message)
{
    fprintf(stderr, "%s\n", message);
    exit(3);
}

const char *instance_option(int argc, char **argv, const char *name, const char *fallback)
{
    for (int i = 1; i + 1 < argc; i += 2)
        if (strcmp(argv[i], name) == 0) return argv[i + 1];
    return fallback;
}

static fpl_family family_called(const char *name)
{
    static const char *const names[FPL_FAMILY_END] = {"random", "modular", "ordered"};
    for (int family = 0; family < FPL_FAMILY_END; family++)
        if (strcmp(name, names[family]) == 0) return (fpl_family)family;
    instance_fail("no such family");
    return FPL_FAMILY_END;
}

fpl_model *instance_from(int argc, char **argv)
{
    const char *file = instance_option(argc, argv, "--model", NULL);
    const fpl_generate_options o = {
        .family = family_called(instance_option(argc, argv, "--family", "random")),
        .n_descriptors = atoi(instance_option(argc, argv, "--n", "10")),
        .n_variants = atoi(instance_option(argc, argv, "--k", "3")),
        .density = atof(instance_option(argc, argv, "--density", "0.5")),
        .cross = atof(instance_option(argc, argv, "--cross", "0")),
        .module_size = atoi(instance_option(argc, argv, "--module", "8")),
        .seed = strtoull(instance_option(argc, argv, "--seed", "1"), NULL, 10),
    };
    fpl_model *model = NULL;
    fpl_error error = {0};
    const fpl_status status = file == NULL ? fpl_model_generate(&o, &model, &error)
                                           : fpl_model_load(file, NULL, &model, &error);
    if (status != FPL_OK) instance_fail(error.message);
    return model;
}

void instance_without_exclusions(const fpl_model *model)
{
    if (fpl_model_content(model)->exclusions.n > 0)
        instance_fail("rivals know no exclusions");
}

/* Processor time of this thread: the machine may be shared. (That of the process goes by coarse
 * ticks where its processor time is limited.) With more than one thread only the wall's counts. */
static double seconds_of(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* The high-water mark of this program alone; getrusage would count what its parent held before. */
static uint64_t peak_bytes(void)
{
    unsigned long long kib = 0;
    char line[128];
    FILE *status = fopen("/proc/self/status", "r");
    if (status == NULL) return 0;
    while (fgets(line, sizeof line, status) != NULL)
        if (sscanf(line, "VmHWM: %llu", &kib) == 1) break;
    fclose(status);
    return (uint64_t)kib * 1024;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *runs, int n)
{
    qsort(runs, (size_t)n, sizeof *runs, by_size);
    return (runs[n / 2] + runs[(n - 1) / 2]) / 2;
}

void instance_measure(const fpl_model *model, instance_solver solve, const void *context)
{
    double cpu[RUNS_MAX], wall[RUNS_MAX], total = 0;
    instance_result result = {0};
    int n = 0;
    while (n < RUNS_MAX && total < (n < RUNS_WANTED ? LONG : SHORT)) {
        const double cpu_start = seconds_of(CLOCK_THREAD_CPUTIME_ID);
        const double wall_start = seconds_of(CLOCK_MONOTONIC);
        result = solve(model, context);
        cpu[n] = seconds_of(CLOCK_THREAD_CPUTIME_ID) - cpu_start;
        wall[n] = seconds_of(CLOCK_MONOTONIC) - wall_start;
        total += wall[n++];
    }
    printf("{\"answer\": \"%s\", \"work\": %" PRIu64
           ", \"processor\": %.9f, \"wall\": %.9f, \"runs\": %d, \"bytes\": %" PRIu64
           "}\n",
           result.answer, result.work, median(cpu, n), median(wall, n), n, peak_bytes());
}
