/* The physical limit of a node of the search: one addition to every lane, lanes being the ordered
 * pairs of variants of a descriptor, all in the nearest cache. What is measured is the very loop that
 * the search has for it; a node costs it at least once. */
#include "instance.h"

#include "engine/kernel.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MOVES = 20000, REPEATS = 50 };

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static size_t lanes_of(const fpl_model *model)
{
    size_t n = 0;
    for (int d = 0; d < fpl_model_n_descriptors(model); d++) {
        const size_t k = (size_t)fpl_model_n_variants(model, d);
        n += k * (k - 1);
    }
    return (n + FPLI_LANES_ALIGN - 1) / FPLI_LANES_ALIGN * FPLI_LANES_ALIGN;
}

static int16_t *lanes_new(size_t n)
{
    int16_t *lanes = aligned_alloc(64, n * sizeof *lanes);
    if (lanes == NULL) instance_fail("no memory");
    for (size_t i = 0; i < n; i++) lanes[i] = (int16_t)(i % 7);
    return lanes;
}

/* The best of several runs: a limit is what the machine can do when nobody disturbs it. */
static double seconds_a_move(size_t n)
{
    const fpli_kernel *kernel = fpli_kernel_best(2);
    int16_t *lanes = lanes_new(n), *plus = lanes_new(n), *minus = lanes_new(n);
    uint64_t *negative = calloc(n / 64, sizeof *negative);
    double best = 1e9;
    if (negative == NULL) instance_fail("no memory");
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        const double start = seconds_now();
        for (int i = 0; i < MOVES; i++)
            kernel->move(lanes, lanes, plus, minus, n, negative);
        const double seconds = seconds_now() - start;
        best = seconds < best ? seconds : best;
    }
    free(lanes);
    free(plus);
    free(minus);
    free(negative);
    return best / MOVES;
}

int main(int argc, char **argv)
{
    fpl_model *model = instance_from(argc, argv);
    const size_t n = lanes_of(model);
    printf("{\"lanes\": %zu, \"seconds_a_node\": %.12f}\n", n, seconds_a_move(n));
    fpl_model_free(model);
    return 0;
}
