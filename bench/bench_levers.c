/* Necessary levers (method.md, M7.3) against plain enumeration: list the completions of every
 * intervention with the same search, kept ready between questions. Of the plain one a sample is
 * timed, spread evenly over all interventions, and multiplied up; --sample 1 takes them all.
 *
 *   bench_levers --n 24 --density 0.45 --controls 20 --size 4 --goal D24=v1 --sample 100 */
#include "instance.h"

#include "engine/solver.h"

#include <fahrplan/levers.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct setting {
    const fpl_model *model;
    fpl_formula *goal;
    int n_controls, size;
    uint64_t sample;
} setting;

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void leave(const fpl_error *error)
{
    fprintf(stderr, "%s\n", error->message);
    exit(2);
}

static double time_levers(const setting *s)
{
    const int n = fpl_model_n_descriptors(s->model);
    bool *controllable = calloc((size_t)n, sizeof *controllable);
    fpl_levers *levers = NULL;
    fpl_error error = {0};
    for (int d = 0; d < s->n_controls && d < n; d++) controllable[d] = true;
    const fpl_lever_options options = {
        .goal = s->goal, .controllable = controllable, .max_size = s->size};
    const fpl_limits limits = {.n_threads = 1};
    const double start = seconds_now();
    if (fpl_levers_compute(s->model, &options, &limits, &levers, &error) != FPL_OK)
        leave(&error);
    const double seconds = seconds_now() - start;
    const fpl_lever_work *work = fpl_levers_work(levers);
    printf("{\"levers\": %zu, \"candidates\": %" PRIu64 ", \"questions\": %" PRIu64
           ", \"refuted\": %" PRIu64 ", \"seconds\": %.6f",
           fpl_levers_n(levers), work->candidates, work->questions, work->refuted,
           seconds);
    fpl_levers_free(levers);
    free(controllable);
    return seconds;
}

/* ---- plain --------------------------------------------------------------------------------- */

typedef struct plain {
    const setting *s;
    fpli_solver *solver;
    fpl_fixing held[FPL_LEVER_MOST];
    int n_held;
    uint64_t number, asked, necessary;
    bool some, all;
    double seconds;
} plain;

static bool look(void *context, const uint16_t *z)
{
    plain *p = context;
    p->some = true;
    p->all = p->all && fpl_formula_holds(p->s->goal, z);
    return true;
}

static void ask(plain *p)
{
    if (p->number++ % p->s->sample != 0) return;
    const fpl_query query = {.reading = FPL_DO, .fixed = p->held, .n_fixed = p->n_held};
    const fpl_limits limits = {.n_threads = 1};
    fpl_error error = {0};
    p->some = false;
    p->all = true;
    const double start = seconds_now();
    if (fpli_solver_visit(p->solver, &query, &limits, look, p, NULL, &error) != FPL_OK)
        leave(&error);
    p->seconds += seconds_now() - start;
    p->asked++;
    p->necessary += p->some && p->all;
}

static void each(plain *p, int more, int from)
{
    if (more == 0) {
        ask(p);
        return;
    }
    for (int d = from; d < p->s->n_controls; d++)
        for (int v = 0; v < fpl_model_n_variants(p->s->model, d); v++) {
            p->held[p->n_held++] = (fpl_fixing){(uint16_t)d, (uint16_t)v};
            each(p, more - 1, d + 1);
            p->n_held--;
        }
}

static double time_plain(const setting *s)
{
    plain p = {.s = s};
    if (fpli_solver_new(s->model, FPLI_VECTORS_END, &p.solver) != FPL_OK) exit(2);
    for (int size = 0; size <= s->size; size++) each(&p, size, 0);
    fpli_solver_free(p.solver);
    const double seconds = p.seconds * (double)p.number / (double)p.asked;
    printf(", \"plain_asked\": %" PRIu64 ", \"plain_necessary\": %" PRIu64
           ", \"plain_seconds\": %.6f",
           p.asked, p.necessary, seconds);
    return seconds;
}

int main(int argc, char **argv)
{
    setting s = {.n_controls = 20, .size = 4, .sample = 100};
    const char *goal = "D24=v1";
    fpl_error error = {0};
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--controls") == 0) s.n_controls = atoi(argv[i + 1]);
        if (strcmp(argv[i], "--size") == 0) s.size = atoi(argv[i + 1]);
        if (strcmp(argv[i], "--goal") == 0) goal = argv[i + 1];
        if (strcmp(argv[i], "--sample") == 0) s.sample = strtoull(argv[i + 1], NULL, 10);
    }
    fpl_model *model = instance_from(argc, argv);
    s.model = model;
    if (fpl_formula_parse(model, goal, &s.goal, &error) != FPL_OK) leave(&error);
    const double own = time_levers(&s);
    fflush(stdout);
    const double rival = time_plain(&s);
    printf(", \"ratio\": %.1f}\n", rival / own);
    fpl_formula_free(s.goal);
    fpl_model_free(model);
    return 0;
}
