/* The system behind a model: sums and grid, then what powers, chains and components add to it. */
#include <fahrplan/system.h>

#include "base/mem.h"
#include "base/status.h"
#include "study/chains.h"
#include "study/components.h"
#include "study/influence.h"
#include "study/powers.h"

struct fpl_system {
    fpli_arena *arena;
    fpli_graph graph;
    fpl_standing *standings;
    int64_t total;
    fpli_powers powers;
    fpli_chains loops;
    int loop_length;
    bool shortened; /* by the number of loops */
    fpl_named_loop *named;
    int n_named;
    fpli_components components;
    fpl_dominated *dominated;
    size_t n_dominated, dominated_capacity;
};

/* Whether a sum is above the mean total / n, where n is not 0 and n * sum fits: at most 1024 times
 * 8192^2 cells of 16 bits. */
static bool is_high(int64_t sum, int64_t total, int n)
{
    return sum * n > total;
}

static fpl_grid_class place_of(const fpl_standing *standing, int64_t total, int n)
{
    const bool active = is_high(standing->active, total, n);
    const bool passive = is_high(standing->passive, total, n);
    return active && passive ? FPL_GRID_CRITICAL
           : active          ? FPL_GRID_ACTIVE
           : passive         ? FPL_GRID_PASSIVE
                             : FPL_GRID_BUFFERING;
}

static fpl_status sum_up(fpl_system *s)
{
    const fpli_graph *g = &s->graph;
    s->standings = fpli_arena_alloc(s->arena, (size_t)g->n, sizeof *s->standings);
    if (s->standings == NULL) return FPL_E_MEMORY;
    for (int i = 0; i < g->n; i++)
        for (int j = 0; j < g->n; j++) {
            const int64_t strength = g->strength[i * g->n + j];
            if (i == j) {
                s->standings[i].self = strength;
                continue;
            }
            s->standings[i].active += strength;
            s->standings[j].passive += strength;
            s->total += strength;
            if (!g->acts[i * g->n + j]) continue;
            s->standings[i].sends = s->standings[j].receives = true;
        }
    for (int d = 0; d < g->n; d++) {
        s->standings[d].place = place_of(&s->standings[d], s->total, g->n);
        s->standings[d].component = s->components.of[d];
    }
    return FPL_OK;
}

static fpl_status weigh_named(const fpl_model *model, fpl_system *s)
{
    const fpl_content *content = fpl_model_content(model);
    const fpli_graph *g = &s->graph;
    uint16_t *members = fpli_arena_alloc(s->arena, (size_t)g->n, sizeof *members);
    s->named = fpli_arena_alloc(s->arena, (size_t)content->loops.n, sizeof *s->named);
    if (members == NULL || s->named == NULL) return FPL_E_MEMORY;
    for (int l = 0; l < content->loops.n; l++) {
        const fpl_refs *cycle = &content->loops.items[l].cycle;
        fpl_named_loop named = {.loop = l, .broken_from = -1, .broken_to = -1};
        if (cycle->n < 2 || cycle->n > g->n)
            continue; /* no loop of distinct descriptors */
        for (int k = 0; k < cycle->n; k++) members[k] = (uint16_t)cycle->items[k].index;
        for (int k = cycle->n - 1; k >= 0; k--) {
            const int i = members[k], j = members[(k + 1) % cycle->n];
            if (g->acts[i * g->n + j]) continue;
            named.broken_from = i;
            named.broken_to = j;
        }
        fpl_chain chain = {.descriptors = members, .n = cycle->n};
        fpli_chain_weigh(g, true, &chain);
        if (named.broken_from < 0) named.sign = chain.sign;
        if (named.broken_from < 0) named.lift = chain.lift;
        s->named[s->n_named++] = named;
    }
    return FPL_OK;
}

static fpl_status find_dominated(const fpl_model *model, fpl_system *s)
{
    for (int j = 0; j < s->graph.n; j++)
        for (int b = 0; b < fpl_model_n_variants(model, j); b++) {
            int64_t best = 0;
            const int rival = fpli_dominating_rival(model, j, b, &best);
            if (rival < 0) continue;
            if (!fpli_grow((void **)&s->dominated, s->n_dominated, &s->dominated_capacity,
                           sizeof *s->dominated))
                return FPL_E_MEMORY;
            s->dominated[s->n_dominated++] = (fpl_dominated){j, b, rival, best};
        }
    return FPL_OK;
}

static fpl_status find_loops(fpl_system *s, const fpl_system_options *options,
                             const fpl_limits *limits)
{
    const int given = options->loop_length;
    const bool free = given == 0 && (limits == NULL || limits->cap == 0);
    const int length = given > 0 ? given : FPL_LOOP_LENGTH_DEFAULT;
    s->loop_length = length;
    fpl_status status = fpli_loops_find(&s->graph, &s->loop_length,
                                        free ? FPL_LOOPS_DEFAULT : 0, limits, &s->loops);
    s->shortened = s->loop_length < length;
    return status;
}

fpl_status fpl_system_compute(const fpl_model *model, const fpl_system_options *options,
                              const fpl_limits *limits, fpl_system **system,
                              fpl_error *error)
{
    static const fpl_system_options defaults = {0};
    fpl_status status = FPL_OK;
    fpl_system *s = NULL;
    if (options == NULL) options = &defaults;
    if (options->max_power < 0 || options->max_power > FPL_POWERS_MAX)
        return fpli_fail(error, FPL_E_ARGUMENT,
                         "there is no power %d; powers are 1 to %d", options->max_power,
                         FPL_POWERS_MAX);
    if (options->loop_length < 0 || options->loop_length == 1)
        return fpli_fail(error, FPL_E_ARGUMENT,
                         "a loop has at least 2 descriptors, not %d",
                         options->loop_length);
    s = fpli_new(1, sizeof *s);
    FPL_TRY(s == NULL ? FPL_E_MEMORY : FPL_OK);
    s->arena = fpli_arena_new();
    FPL_TRY(s->arena == NULL ? FPL_E_MEMORY : FPL_OK);
    FPL_TRY(fpli_graph_build(model, &s->graph));
    FPL_TRY(fpli_components_find(s->arena, &s->graph, &s->components));
    FPL_TRY(sum_up(s));
    FPL_TRY(fpli_powers_compute(s->arena, s->graph.n, s->graph.strength,
                                options->max_power, &s->powers));
    FPL_TRY(weigh_named(model, s));
    FPL_TRY(find_dominated(model, s));
    FPL_TRY(find_loops(s, options, limits));
    *system = s;
    s = NULL;
out:
    fpl_system_free(s);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_system_free(fpl_system *system)
{
    if (system == NULL) return;
    fpli_graph_clear(&system->graph);
    fpli_chains_clear(&system->loops);
    fpli_free(system->dominated);
    fpli_arena_free(system->arena);
    fpli_free(system);
}

/* ---- what is known ------------------------------------------------------------------------- */

int fpl_system_n_descriptors(const fpl_system *system)
{
    return system->graph.n;
}

const fpl_standing *fpl_system_standing(const fpl_system *system, int descriptor)
{
    return &system->standings[descriptor];
}

int64_t fpl_system_strength(const fpl_system *system, int from, int to)
{
    return system->graph.strength[from * system->graph.n + to];
}

int64_t fpl_system_lift(const fpl_system *system, int from, int to)
{
    return system->graph.lift[from * system->graph.n + to];
}

bool fpl_system_acts(const fpl_system *system, int from, int to)
{
    return system->graph.acts[from * system->graph.n + to];
}

int64_t fpl_system_total(const fpl_system *system)
{
    return system->total;
}

int fpl_system_n_influences(const fpl_system *system)
{
    return system->graph.n_edges;
}

int fpl_system_n_powers(const fpl_system *system)
{
    return system->powers.n;
}

const fpl_power *fpl_system_power(const fpl_system *system, int index)
{
    return &system->powers.items[index];
}

bool fpl_system_ranking_stays(const fpl_system *system)
{
    return system->powers.stays;
}

bool fpl_system_powers_end(const fpl_system *system)
{
    return system->powers.end;
}

size_t fpl_system_n_loops(const fpl_system *system)
{
    return system->loops.n;
}

const fpl_chain *fpl_system_loop(const fpl_system *system, size_t index)
{
    return &system->loops.items[index];
}

int fpl_system_loop_length(const fpl_system *system)
{
    return system->loop_length;
}

bool fpl_system_loops_shortened(const fpl_system *system)
{
    return system->shortened;
}

fpl_stop fpl_system_stop(const fpl_system *system)
{
    return system->loops.stop;
}

int fpl_system_n_named_loops(const fpl_system *system)
{
    return system->n_named;
}

const fpl_named_loop *fpl_system_named_loop(const fpl_system *system, int index)
{
    return &system->named[index];
}

int fpl_system_n_components(const fpl_system *system)
{
    return system->components.n;
}

const uint16_t *fpl_system_component(const fpl_system *system, int index, int *n)
{
    const fpli_components *c = &system->components;
    *n = c->first[index + 1] - c->first[index];
    return c->members + c->first[index];
}

size_t fpl_system_n_dominated(const fpl_system *system)
{
    return system->n_dominated;
}

const fpl_dominated *fpl_system_dominated(const fpl_system *system, size_t index)
{
    return &system->dominated[index];
}
