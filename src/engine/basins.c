/* Which way to take, islands apart, and the attractors in order. */
#include <fahrplan/basins.h>

#include "base/mem.h"
#include "base/status.h"
#include "engine/images.h"
#include "engine/question.h"
#include "engine/sample.h"
#include "engine/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MEMORY_USUAL ((uint64_t)1 << 30)

struct fpl_basins {
    fpli_cycles cycles;
    fpl_basin *items; /* of all cycles, in order */
    fpl_count *weights;
    size_t n_listed;
    fpl_count starts, cyclic;
    uint64_t n_unsettled;
    fpl_stop stop;
};

/* What all ways need. */
typedef struct task {
    const fpl_model *model;
    const fpl_basin_options *options;
    fpli_walk walk;
    uint16_t *fixed;     /* n indices: of held descriptors */
    int32_t *stickiness; /* by descriptor */
    int *island;         /* by descriptor; -1: it cannot vary */
    int n_islands;
    bool *scope;
    uint64_t memory;
    uint64_t needed;
} task;

/* ---- set-up ------------------------------------------------------------------------------- */

static bool acts_on(const fpl_model *model, int i, int j)
{
    const int k = fpl_model_n_variants(model, j);
    for (int a = 1; a < fpl_model_n_variants(model, i); a++)
        for (int b = 1; b < k; b++)
            if (fpl_model_judgement(model, i, a, j, b) -
                    fpl_model_judgement(model, i, a, j, 0) !=
                fpl_model_judgement(model, i, 0, j, b) -
                    fpl_model_judgement(model, i, 0, j, 0))
                return true;
    return false;
}

static void join_island(task *t, int from, int to)
{
    const int n = fpl_model_n_descriptors(t->model);
    for (int d = 0; d < n; d++)
        if (t->island[d] == from) t->island[d] = to;
}

static void find_islands(task *t)
{
    const int n = fpl_model_n_descriptors(t->model);
    for (int d = 0; d < n; d++)
        t->island[d] = t->walk.held[d] || fpl_model_n_variants(t->model, d) == 1 ? -1 : d;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            if (t->island[i] >= 0 && t->island[j] >= 0 && t->island[i] != t->island[j] &&
                acts_on(t->model, i, j))
                join_island(t, t->island[i], t->island[j]);
    for (int d = 0; d < n; d++) { /* number them; n + number keeps the new ones apart */
        if (t->island[d] < 0 || t->island[d] >= n) continue;
        join_island(t, t->island[d], n + t->n_islands++);
    }
    for (int d = 0; d < n; d++)
        if (t->island[d] >= n) t->island[d] -= n;
}

static fpl_status task_start(task *t, const fpl_model *model,
                             const fpl_basin_options *options, fpl_error *error)
{
    const size_t n = (size_t)fpl_model_n_descriptors(model);
    *t = (task){.model = model, .options = options};
    t->memory = options->memory == 0 ? MEMORY_USUAL : options->memory;
    fpl_status status = fpli_walk_new(&t->walk, model, &options->dynamics, options->held,
                                      options->n_held, error);
    if (status != FPL_OK) return status;
    t->fixed = fpli_new(n, sizeof *t->fixed);
    t->stickiness = fpli_new(n, sizeof *t->stickiness);
    t->island = fpli_new(n, sizeof *t->island);
    t->scope = fpli_new(n, sizeof *t->scope);
    if (t->fixed == NULL || t->stickiness == NULL || t->island == NULL ||
        t->scope == NULL)
        return fpli_no_memory(error);
    for (int h = 0; h < options->n_held; h++)
        t->fixed[options->held[h].descriptor] = options->held[h].variant;
    for (size_t d = 0; d < n; d++)
        t->stickiness[d] = fpli_stickiness(model, &options->dynamics, (int)d);
    find_islands(t);
    return FPL_OK;
}

static void task_clear(task *t)
{
    fpli_walk_clear(&t->walk);
    fpli_free(t->fixed);
    fpli_free(t->stickiness);
    fpli_free(t->island);
    fpli_free(t->scope);
}

static bool goes_by_images(const task *t)
{
    return t->options->dynamics.rule == FPL_SUCCESSION_GLOBAL && !t->walk.lags &&
           !fpli_has_never(t->model, &t->options->dynamics) &&
           fpl_model_content(t->model)->exclusions.n == 0;
}

static fpl_status blocks_of_island(const task *t, int island, fpli_blocks **blocks)
{
    for (int d = 0; d < fpl_model_n_descriptors(t->model); d++)
        t->scope[d] = t->island[d] == island;
    const fpli_blocks_task blocks_task = {t->model, t->scope, t->fixed, t->stickiness};
    return fpli_blocks_new(&blocks_task, blocks);
}

static fpl_status count_starts(const task *t, fpl_count *starts)
{
    fpl_status status = fpl_count_set(starts, 1);
    for (int d = 0; d < fpl_model_n_descriptors(t->model) && status == FPL_OK; d++)
        if (!t->walk.held[d])
            status = fpl_count_mul_u64(starts,
                                       (uint64_t)fpl_model_n_variants(t->model, d));
    return status;
}

/* ---- exact ways --------------------------------------------------------------------------- */

/* Attractors that a product would have, and whether they have room. */
static bool has_room(const task *t, const fpli_cycles *a, const fpli_cycles *b)
{
    const double each = 2.0 * fpl_model_n_descriptors(t->model) + 160;
    return (double)a->n * (double)b->n * each <= (double)t->memory;
}

static fpl_status solve_island(task *t, int island, fpli_watch *watch,
                               fpli_images_keeper *keeper, fpli_cycles *all,
                               fpl_stop *stop)
{
    fpl_status status = FPL_OK;
    fpli_blocks *blocks = NULL;
    fpli_cycles own = {.n_descriptors = all->n_descriptors};
    FPL_TRY(blocks_of_island(t, island, &blocks));
    FPL_TRY(fpli_images_solve(blocks, t->memory, watch, keeper, &own, &t->needed, stop));
    if (*stop != FPL_COMPLETE) goto out;
    FPL_TRY(has_room(t, all, &own) ? FPL_OK : FPL_E_UNSUPPORTED);
    FPL_TRY(fpli_cycles_multiply(all, &own, t->scope));
out:
    fpli_cycles_clear(&own);
    fpli_blocks_free(blocks);
    return status;
}

/* One cycle of one member: the descriptors that cannot vary. */
static fpl_status begin_product(const task *t, fpli_cycles *cycles)
{
    const uint64_t one = 1;
    fpli_cycle *cycle = fpli_cycles_add(cycles, 1);
    if (cycle == NULL) return FPL_E_MEMORY;
    memcpy(cycle->members, t->fixed, cycles->n_descriptors * sizeof *cycle->members);
    return fpli_phase_set(&cycle->phases[0], &one, 1);
}

/* What was kept of a run by images. */
typedef struct kept {
    const task *t;
    fpli_images_keeper *keeper;
    fpli_cycles *cycles;
} kept;

static fpl_status take_islands(void *context, fpli_reader *reader)
{
    const kept *k = context;
    k->keeper->island = (uint32_t)fpli_take_number(reader, 4);
    k->keeper->pass = (int)fpli_take_number(reader, 1);
    k->keeper->next = fpli_take_number(reader, 8);
    if (k->keeper->island >= (uint32_t)k->t->n_islands) return FPL_E_SYNTAX;
    fpli_cycles_clear(k->cycles);
    return fpli_cycles_take(reader, k->t->model, true, k->cycles);
}

static double space_of_island(const task *t, int island)
{
    double space = 1;
    for (int d = 0; d < fpl_model_n_descriptors(t->model); d++)
        if (t->island[d] == island) space *= fpl_model_n_variants(t->model, d);
    return space;
}

static fpl_status solve_by_images(task *t, fpli_watch *watch, fpli_cycles *cycles,
                                  fpl_stop *stop)
{
    fpli_images_keeper keeper = {
        .checkpoint = watch->checkpoint, .before = cycles, .kept_ms = fpli_clock_ms()};
    fpli_images_keeper *keeps = watch->checkpoint == NULL ? NULL : &keeper;
    kept k = {t, &keeper, cycles};
    double all = 0, from = 0;
    fpl_status status = begin_product(t, cycles);
    if (status == FPL_OK && keeps != NULL)
        status = fpli_checkpoint_replay(keeper.checkpoint, FPLI_KEPT_ISLANDS,
                                        take_islands, &k);
    const int first = (int)keeper.island;
    for (int i = 0; i < t->n_islands; i++) all += space_of_island(t, i);
    for (int i = 0; i < t->n_islands && status == FPL_OK && *stop == FPL_COMPLETE; i++) {
        const double space = space_of_island(t, i);
        fpli_watch_frame(watch, from / all, space / all);
        from += space;
        if (i < first) continue;
        keeper.island = (uint32_t)i;
        status = solve_island(t, i, watch, keeps, cycles, stop);
    }
    return status;
}

static fpl_status refuse(const task *t, fpl_error *error)
{
    if (t->needed == UINT64_MAX)
        return fpli_fail(
            error, FPL_E_UNSUPPORTED,
            "there are too many scenarios to follow them all; draw a sample");
    if (t->needed <= t->memory)
        return fpli_fail(error, FPL_E_UNSUPPORTED,
                         "there are too many attractors to list them; draw a sample");
    return fpli_fail(
        error, FPL_E_UNSUPPORTED,
        "all basins need at least %.0f MB of memory, and %.0f MB are allowed; "
        "allow more or draw a sample",
        (double)t->needed / 1e6, (double)t->memory / 1e6);
}

/* ---- the result --------------------------------------------------------------------------- */

static bool is_before(const uint16_t *a, const uint16_t *b, size_t n)
{
    for (size_t d = n; d-- > 0;)
        if (a[d] != b[d]) return a[d] < b[d];
    return false;
}

/* Bring the lowest member to the front. */
static bool rotate(fpli_cycle *cycle, size_t n)
{
    size_t lowest = 0;
    for (size_t i = 1; i < cycle->length; i++)
        if (is_before(cycle->members + i * n, cycle->members + lowest * n, n)) lowest = i;
    if (lowest == 0) return true;
    uint16_t *members = fpli_new(cycle->length * n, sizeof *members);
    if (members == NULL) return false;
    for (size_t i = 0; i < cycle->length; i++)
        memcpy(members + i * n, cycle->members + (lowest + i) % cycle->length * n,
               n * sizeof *members);
    fpli_free(cycle->members);
    cycle->members = members;
    return true;
}

/* Heaviest first, then listing order; qsort hands no context, so the number of descriptors rides
 * along. */
typedef struct ranked {
    fpl_basin basin;
    size_t n;
} ranked;

static int compare_listed(const void *left, const void *right)
{
    const ranked *a = left, *b = right;
    if (is_before(a->basin.members, b->basin.members, a->n)) return -1;
    if (is_before(b->basin.members, a->basin.members, a->n)) return 1;
    return a->basin.length < b->basin.length ? -1
                                             : 1; /* with lags they may begin alike */
}

static int compare_ranked(const void *left, const void *right)
{
    const ranked *a = left, *b = right;
    const int order = fpl_count_compare(b->basin.weight, a->basin.weight);
    if (order != 0) return order;
    return a->basin.rank < b->basin.rank ? -1 : 1;
}

static void set_share(const fpl_basins *b, bool sampled, fpl_basin *basin)
{
    const double z = 1.959963984540054, n = fpl_count_to_double(&b->starts);
    const double p = n > 0 ? fpl_count_to_double(basin->weight) / n : 0;
    basin->share = basin->low = basin->high = p;
    if (!sampled || n <= 0) return;
    const double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
    const double half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    basin->low = middle - half < 0 ? 0 : middle - half;
    basin->high = middle + half > 1 ? 1 : middle + half;
}

static fpl_status list_basins(fpl_basins *b, bool sampled, uint64_t cap)
{
    fpl_status status = FPL_OK;
    const size_t n = b->cycles.n;
    ranked *order = fpli_new(n, sizeof *order);
    b->items = fpli_new(n, sizeof *b->items);
    b->weights = fpli_new(n, sizeof *b->weights);
    FPL_TRY(order == NULL || b->items == NULL || b->weights == NULL ? FPL_E_MEMORY
                                                                    : FPL_OK);
    for (size_t i = 0; i < n; i++) {
        fpli_cycle *cycle = &b->cycles.items[i];
        fpl_basin *basin = &order[i].basin;
        FPL_TRY(rotate(cycle, b->cycles.n_descriptors) ? FPL_OK : FPL_E_MEMORY);
        FPL_TRY(fpli_cycle_weight(cycle, &b->weights[i], &basin->mean_steps));
        basin->members = cycle->members;
        basin->length = cycle->length;
        basin->weight = &b->weights[i];
        set_share(b, sampled, basin);
        order[i].n = b->cycles.n_descriptors;
        if (cycle->length > 1) FPL_TRY(fpl_count_add(&b->cyclic, &b->weights[i]));
    }
    qsort(order, n, sizeof *order, compare_listed);
    for (size_t i = 0; i < n; i++) order[i].basin.rank = i;
    qsort(order, n, sizeof *order, compare_ranked);
    for (size_t i = 0; i < n; i++) b->items[i] = order[i].basin;
    b->n_listed = cap > 0 && cap < n ? (size_t)cap : n;
out:
    fpli_free(order);
    return status;
}

static fpl_status solve_exactly(task *t, fpli_watch *watch, fpl_basins *b,
                                fpl_error *error)
{
    const fpl_status status = goes_by_images(t)
                                  ? solve_by_images(t, watch, &b->cycles, &b->stop)
                                  : fpli_table_solve(&t->walk, t->fixed, t->memory, watch,
                                                     &b->cycles, &t->needed, &b->stop);
    if (status == FPL_E_UNSUPPORTED) return refuse(t, error);
    if (b->stop != FPL_COMPLETE) fpli_cycles_clear(&b->cycles);
    return status == FPL_OK ? count_starts(t, &b->starts) : status;
}

static fpl_status solve_by_sample(const task *t, fpli_watch *watch, fpl_basins *b)
{
    fpli_sample sample;
    const fpl_status status = fpli_sample_solve(t->model, t->options, watch, &b->cycles,
                                                &sample);
    b->stop = sample.stop;
    b->n_unsettled = sample.n_unsettled;
    return status == FPL_OK ? fpl_count_set(&b->starts, sample.n_draws) : status;
}

/* The way is chosen by the question too: memory decides only whether it can be gone. */
static fpl_status begin(const task *t, const fpl_limits *limits, fpl_error *error)
{
    const fpl_basin_options *o = t->options;
    const fpl_dynamics *dynamics = &o->dynamics;
    fpli_sha256 question;
    fpli_question_start(&question);
    fpli_question_add(&question, dynamics->rule);
    fpli_question_add(&question, dynamics->memory);
    for (int d = 0; d < fpl_model_n_descriptors(t->model); d++) {
        fpli_question_add(&question,
                          dynamics->order == NULL ? 0 : 1u + dynamics->order[d]);
        fpli_question_add(&question,
                          dynamics->speed == NULL ? 0 : 1u + dynamics->speed[d]);
    }
    fpli_question_add_held(&question, t->model, o->held, o->n_held);
    fpli_question_add(&question, o->samples);
    fpli_question_add(&question, o->samples > 0 ? o->seed : 0);
    fpli_question_add(&question, o->samples > 0 ? dynamics->seed : 0);
    return fpli_question_begin(&question, t->model, "basins", limits, error);
}

static fpl_status solve(task *t, const fpl_limits *limits, fpl_basins *b,
                        fpl_error *error)
{
    fpl_status status = FPL_OK;
    fpli_watch watch;
    const bool sampled = t->options->samples > 0;
    if (!sampled && t->options->dynamics.rule == FPL_SUCCESSION_RANDOM)
        return fpli_fail(error, FPL_E_UNSUPPORTED,
                         "a random order has no exact basins; draw a sample");
    status = begin(t, limits, error);
    if (status != FPL_OK) return status;
    fpli_watch_start(&watch, limits);
    status = sampled ? solve_by_sample(t, &watch, b) : solve_exactly(t, &watch, b, error);
    if (status == FPL_OK)
        status = list_basins(b, sampled, limits == NULL ? 0 : limits->cap);
    return fpli_checkpoint_end(limits, status, error);
}

fpl_status fpl_basins_compute(const fpl_model *model, const fpl_basin_options *options,
                              const fpl_limits *limits, fpl_basins **basins,
                              fpl_error *error)
{
    const fpl_basin_options usual = {0};
    fpl_status status = FPL_OK;
    task t = {0};
    fpl_basins *b = fpli_new(1, sizeof *b);
    if (b == NULL) return fpli_no_memory(error);
    FPL_TRY(task_start(&t, model, options == NULL ? &usual : options, error));
    b->cycles.n_descriptors = (size_t)fpl_model_n_descriptors(model);
    FPL_TRY(solve(&t, limits, b, error));
    *basins = b;
    b = NULL;
out:
    fpl_basins_free(b);
    task_clear(&t);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

fpl_status fpl_basins_need(const fpl_model *model, const fpl_basin_options *options,
                           fpl_basin_need *need, fpl_error *error)
{
    const fpl_basin_options usual = {0};
    fpl_status status = FPL_OK;
    task t = {0};
    FPL_TRY(task_start(&t, model, options == NULL ? &usual : options, error));
    *need = (fpl_basin_need){.by_images = goes_by_images(&t), .n_islands = 1};
    if (!need->by_images) need->bytes = fpli_table_need(&t.walk);
    if (need->by_images) need->n_islands = t.n_islands;
    for (int i = 0; i < t.n_islands && need->by_images; i++) {
        fpli_blocks *blocks = NULL;
        FPL_TRY(blocks_of_island(&t, i, &blocks));
        const uint64_t bytes = fpli_images_need(blocks);
        need->bytes = bytes > need->bytes ? bytes : need->bytes;
        fpli_blocks_free(blocks);
    }
out:
    task_clear(&t);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

/* ---- access ------------------------------------------------------------------------------- */

void fpl_basins_free(fpl_basins *basins)
{
    if (basins == NULL) return;
    for (size_t i = 0; basins->weights != NULL && i < basins->cycles.n; i++)
        fpl_count_clear(&basins->weights[i]);
    fpli_free(basins->weights);
    fpli_free(basins->items);
    fpli_cycles_clear(&basins->cycles);
    fpl_count_clear(&basins->starts);
    fpl_count_clear(&basins->cyclic);
    fpli_free(basins);
}

size_t fpl_basins_n(const fpl_basins *basins)
{
    return basins->n_listed;
}

const fpl_basin *fpl_basins_get(const fpl_basins *basins, size_t index)
{
    return &basins->items[index];
}

size_t fpl_basins_n_found(const fpl_basins *basins)
{
    return basins->cycles.n;
}

fpl_stop fpl_basins_stop(const fpl_basins *basins)
{
    return basins->stop;
}

const fpl_count *fpl_basins_starts(const fpl_basins *basins)
{
    return &basins->starts;
}

const fpl_count *fpl_basins_cyclic(const fpl_basins *basins)
{
    return &basins->cyclic;
}

uint64_t fpl_basins_unsettled(const fpl_basins *basins)
{
    return basins->n_unsettled;
}
