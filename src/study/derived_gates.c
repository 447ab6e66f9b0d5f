/* Gates that follow from the rows, method.md M6.2 and M6.4. A necessary gate says that a cube of shut
 * rows is left: it names the other variants. */
#include "study/cubes.h"

#include "base/mem.h"
#include "base/status.h"

#include <fahrplan/gates.h>
#include <fahrplan/regime.h>

#include <stdlib.h>
#include <string.h>

enum { SHUT = 0, OPEN = 1 };

typedef struct gate {
    fpl_derived_gate shown;
    int n_named;
    size_t cube;
} gate;

typedef struct gate_list {
    gate *items;
    size_t n, capacity;
} gate_list;

struct fpl_derived_gates {
    fpli_arena *arena; /* sets of variants */
    gate_list sufficient, necessary;
    size_t n_open, n_counted;
    int distance;
    size_t *way;
};

typedef struct deriving {
    const fpl_roadmap *roadmap;
    const fpl_gate_aim *aim;
    fpl_derived_gates *gates;
    fpli_grid grid;
    fpli_cubes cubes;
    uint32_t *state; /* of each row: SHUT, OPEN or FPLI_ANY */
    uint64_t *sets;  /* work space, one cube */
} deriving;

/* ---- which rows are open -------------------------------------------------------------------- */

static bool is_level_open(const deriving *d, const fpl_row *row)
{
    switch (d->aim->opening) {
    case FPL_OPENS_BY_DEFAULT: return (row->default_levels & ~d->aim->levels) == 0;
    case FPL_OPENS_NECESSARILY:
        return row->possible != 0 && (row->possible & ~d->aim->levels) == 0;
    default: return (row->possible & d->aim->levels) != 0;
    }
}

static bool is_measure_open(const deriving *d, const fpl_row *row)
{
    const fpl_model *model = d->roadmap->model;
    const int n = fpl_model_content(model)->measures.n;
    unsigned seen = 0;
    for (int k = 0; k < fpl_model_n_variants(model, fpl_model_level(model)); k++)
        seen |= row->admissions[k * n + d->aim->measure];
    const unsigned admissible = 1u << FPL_ADMISSIBLE;
    return d->aim->opening == FPL_OPENS_NECESSARILY ? seen == admissible
                                                    : (seen & admissible) != 0;
}

static void judge_rows(deriving *d, const fpl_gate_options *options)
{
    for (size_t r = 0; r < d->roadmap->n_rows; r++) {
        const fpl_row *row = &d->roadmap->rows[r];
        const bool beyond = options != NULL && options->use_max_tension &&
                            row->tension > options->max_tension;
        d->state[r] = FPLI_ANY;
        if (row->stop != FPL_COMPLETE || beyond) continue;
        const bool open = d->aim->measure >= 0 ? is_measure_open(d, row)
                                               : is_level_open(d, row);
        d->state[r] = open ? OPEN : SHUT;
        d->gates->n_counted++;
        d->gates->n_open += open;
    }
}

/* ---- the conditions ------------------------------------------------------------------------- */

typedef struct tally {
    const uint32_t *state;
    size_t n;
} tally;

static bool count_counted(void *context, size_t row)
{
    tally *t = context;
    t->n += t->state[row] != FPLI_ANY;
    return true;
}

static fpl_status add_gate(deriving *d, size_t cube, bool necessary)
{
    const int n = d->grid.n;
    fpl_derived_gates *g = d->gates;
    gate_list *list = necessary ? &g->necessary : &g->sufficient;
    tally counted = {.state = d->state};
    if (!fpli_grow((void **)&list->items, list->n, &list->capacity, sizeof *list->items))
        return FPL_E_MEMORY;
    uint64_t *own = fpli_arena_alloc(g->arena, (size_t)n, sizeof *own);
    if (own == NULL) return FPL_E_MEMORY;
    int n_named = 0;
    fpli_grid_each(&d->grid, d->sets, count_counted, &counted);
    for (int i = 0; i < n; i++) {
        const uint64_t all = ((uint64_t)1 << d->grid.k[i]) - 1;
        n_named += d->sets[i] != all;
        own[i] = necessary ? all & ~d->sets[i] : d->sets[i];
    }
    const size_t n_rows = necessary ? g->n_counted - counted.n : counted.n;
    list->items[list->n++] = (gate){{own, n_rows}, n_named, cube};
    return FPL_OK;
}

static fpl_status find_primes(deriving *d)
{
    fpl_status status = FPL_OK;
    for (size_t cube = 0; cube < d->cubes.n && status == FPL_OK; cube++) {
        if (d->cubes.value[cube] == 0) continue;
        fpli_cube_sets(&d->cubes, cube, d->sets);
        if (!fpli_cube_is_prime(&d->cubes, cube, d->sets)) continue;
        status = add_gate(d, cube, d->cubes.value[cube] == SHUT + 1);
    }
    return status;
}

static int by_names_then_rows(const void *left, const void *right)
{
    const gate *a = left, *b = right;
    if (a->n_named != b->n_named) return a->n_named < b->n_named ? -1 : 1;
    if (a->shown.n_rows != b->shown.n_rows)
        return a->shown.n_rows > b->shown.n_rows ? -1 : 1;
    return a->cube < b->cube ? -1 : a->cube > b->cube;
}

static void sort(gate_list *list)
{
    if (list->n > 0) qsort(list->items, list->n, sizeof *list->items, by_names_then_rows);
}

/* ---- how far it is -------------------------------------------------------------------------- */

typedef struct search {
    const deriving *d;
    size_t *queue;
    size_t *before; /* 1 + the row from which a row was reached; 0: not yet */
    size_t n;
} search;

static void reach(search *s, size_t from, size_t row)
{
    if (s->before[row] != 0) return;
    s->before[row] = from + 1;
    s->queue[s->n++] = row;
}

/* All rows one move away, the earlier ones first within a driver. */
static void spread(search *s, size_t row)
{
    const fpli_grid *grid = &s->d->grid;
    for (int i = 0; i < grid->n; i++) {
        const int k = grid->k[i], now = (int)(row / grid->stride[i] % (size_t)k);
        const bool ordered = fpl_model_is_ordered(s->d->roadmap->model,
                                                  s->d->roadmap->drivers[i]);
        for (int v = 0; v < k; v++) {
            if (v == now || (ordered && v != now - 1 && v != now + 1)) continue;
            reach(s, row,
                  row - (size_t)now * grid->stride[i] + (size_t)v * grid->stride[i]);
        }
    }
}

static fpl_status keep_way(search *s, size_t end, size_t start)
{
    fpl_derived_gates *g = s->d->gates;
    int n = 0;
    for (size_t r = end; r != start; r = s->before[r] - 1) n++;
    g->way = fpli_new((size_t)n + 1, sizeof *g->way);
    if (g->way == NULL) return FPL_E_MEMORY;
    g->distance = n;
    g->way[0] = start;
    for (size_t r = end; r != start; r = s->before[r] - 1) g->way[n--] = r;
    return FPL_OK;
}

static fpl_status find_way(const deriving *d)
{
    fpl_status status = FPL_OK;
    const size_t start = fpl_roadmap_present(d->roadmap);
    search s = {.d = d};
    d->gates->distance = -1;
    s.queue = fpli_new(d->grid.n_rows, sizeof *s.queue);
    s.before = fpli_new(d->grid.n_rows, sizeof *s.before);
    FPL_TRY(s.queue == NULL || s.before == NULL ? FPL_E_MEMORY : FPL_OK);
    reach(&s, start, start);
    for (size_t at = 0; at < s.n; at++) {
        const size_t row = s.queue[at];
        if (d->state[row] == OPEN) {
            status = keep_way(&s, row, start);
            break;
        }
        spread(&s, row);
    }
out:
    fpli_free(s.queue);
    fpli_free(s.before);
    return status;
}

/* ---- all together --------------------------------------------------------------------------- */

static fpl_status check_aim(const fpl_roadmap *roadmap, const fpl_gate_aim *aim,
                            fpl_error *error)
{
    const fpl_content *content = fpl_model_content(roadmap->model);
    const int n_levels = fpl_model_n_variants(roadmap->model,
                                              fpl_model_level(roadmap->model));
    if ((int)aim->opening < 0 || aim->opening >= FPL_OPENING_END)
        return fpli_fail(error, FPL_E_ARGUMENT, "there is no such way to be open");
    if (aim->measure < 0) {
        if (aim->levels == 0 || (n_levels < 64 && aim->levels >> n_levels != 0))
            return fpli_fail(error, FPL_E_ARGUMENT, "there is no such level");
        return FPL_OK;
    }
    if (aim->measure >= content->measures.n)
        return fpli_fail(error, FPL_E_ARGUMENT, "there is no measure %d", aim->measure);
    if (aim->opening == FPL_OPENS_BY_DEFAULT)
        return fpli_fail(error, FPL_E_ARGUMENT,
                         "whether a measure is open by default is not known");
    if (roadmap->admissions == NULL)
        return fpli_fail(error, FPL_E_ARGUMENT, "the roadmap did not note the measures");
    return FPL_OK;
}

static fpl_status gates_new(fpl_derived_gates **gates)
{
    fpl_derived_gates *g = fpli_new(1, sizeof *g);
    if (g == NULL) return FPL_E_MEMORY;
    *gates = g;
    g->arena = fpli_arena_new();
    return g->arena == NULL ? FPL_E_MEMORY : FPL_OK;
}

fpl_status fpl_gates_derive(const fpl_roadmap *roadmap, const fpl_gate_aim *aim,
                            const fpl_gate_options *options, fpl_derived_gates **gates,
                            fpl_error *error)
{
    deriving d = {.roadmap = roadmap, .aim = aim};
    fpl_status status = check_aim(roadmap, aim, error);
    if (status != FPL_OK) return status;
    FPL_TRY(fpli_grid_make(roadmap, &d.grid));
    if (fpli_cubes_count(&d.grid) == 0) {
        status = fpli_fail(error, FPL_E_UNSUPPORTED,
                           "the drivers have too many combinations to find all gates");
        goto out;
    }
    FPL_TRY(gates_new(&d.gates));
    d.state = fpli_new(d.grid.n_rows, sizeof *d.state);
    d.sets = fpli_new((size_t)d.grid.n, sizeof *d.sets);
    FPL_TRY(d.state == NULL || d.sets == NULL ? FPL_E_MEMORY : FPL_OK);
    judge_rows(&d, options);
    FPL_TRY(fpli_cubes_make(&d.grid, d.state, &d.cubes));
    FPL_TRY(find_primes(&d));
    FPL_TRY(find_way(&d));
    sort(&d.gates->sufficient);
    sort(&d.gates->necessary);
    *gates = d.gates;
    d.gates = NULL;
out:
    fpl_derived_gates_free(d.gates);
    fpli_cubes_clear(&d.cubes);
    fpli_grid_clear(&d.grid);
    fpli_free(d.state);
    fpli_free(d.sets);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_derived_gates_free(fpl_derived_gates *gates)
{
    if (gates == NULL) return;
    fpli_arena_free(gates->arena);
    fpli_free(gates->sufficient.items);
    fpli_free(gates->necessary.items);
    fpli_free(gates->way);
    fpli_free(gates);
}

int fpl_derived_gates_n_sufficient(const fpl_derived_gates *gates)
{
    return (int)gates->sufficient.n;
}

const fpl_derived_gate *fpl_derived_gates_sufficient(const fpl_derived_gates *gates,
                                                     int index)
{
    return &gates->sufficient.items[index].shown;
}

int fpl_derived_gates_n_necessary(const fpl_derived_gates *gates)
{
    return (int)gates->necessary.n;
}

const fpl_derived_gate *fpl_derived_gates_necessary(const fpl_derived_gates *gates,
                                                    int index)
{
    return &gates->necessary.items[index].shown;
}

size_t fpl_derived_gates_n_open(const fpl_derived_gates *gates)
{
    return gates->n_open;
}

size_t fpl_derived_gates_n_counted(const fpl_derived_gates *gates)
{
    return gates->n_counted;
}

int fpl_derived_gates_distance(const fpl_derived_gates *gates)
{
    return gates->distance;
}

const size_t *fpl_derived_gates_way(const fpl_derived_gates *gates)
{
    return gates->way;
}
