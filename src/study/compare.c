/* Two models side by side in their answers.
 *
 * A scenario of one model is lost (or gained) if its image in the other is not what that model admits,
 * which is looked up by the definition, so a list that was cut falsifies nothing. Only where the other
 * model has further descriptors, so that the image is no whole scenario, is it searched for among the
 * other's scenarios, sorted by what both models share. */
#include "study/compare.h"

#include "base/clock.h"
#include "base/status.h"

#include <stdlib.h>
#include <string.h>

enum { SCENARIOS_USUAL = 10000, NOWHERE = 0xFFFF };

/* ---- scenarios ------------------------------------------------------------------------------ */

/* The shared part of scenarios of one side, sorted; variants as the OTHER side has them. */
typedef struct shared_row {
    const uint16_t *variants;
    size_t n;
} shared_row;

typedef struct shared_part {
    uint16_t *room;
    shared_row *rows;
    size_t n_rows;
} shared_part;

static int compare_shared(const void *left, const void *right)
{
    const shared_row *a = left, *b = right;
    for (size_t i = 0; i < a->n; i++)
        if (a->variants[i] != b->variants[i])
            return a->variants[i] < b->variants[i] ? -1 : 1;
    return 0;
}

/* For each descriptor of `side`: its variant there in a scenario z of the other; NOWHERE if it has no
 * partner or the variant none. */
static void share(const fpl_comparison *c, int side, const uint16_t *z,
                  uint16_t *variants)
{
    for (int d = 0; d < fpl_model_n_descriptors(c->models[side]); d++) {
        const int e = fpli_match_descriptor(c->match, side, d);
        const int v = e < 0 ? -1 : fpli_match_variant(c->match, 1 - side, e, z[e]);
        variants[d] = (uint16_t)(v < 0 ? NOWHERE : v);
    }
}

/* The scenarios of the other side as `side` sees them. */
static fpl_status share_all(const fpl_comparison *c, int side, shared_part *part)
{
    const fpl_scenarios *set = c->scenarios[1 - side];
    const size_t n = (size_t)fpl_model_n_descriptors(c->models[side]);
    part->n_rows = fpl_scenarios_n(set);
    part->room = fpli_new(part->n_rows * n, sizeof *part->room);
    part->rows = fpli_new(part->n_rows, sizeof *part->rows);
    if (part->room == NULL || part->rows == NULL) return FPL_E_MEMORY;
    for (size_t s = 0; s < part->n_rows; s++) {
        share(c, side, fpl_scenarios_get(set, s), part->room + s * n);
        part->rows[s] = (shared_row){part->room + s * n, n};
    }
    if (part->n_rows > 1)
        qsort(part->rows, part->n_rows, sizeof *part->rows, compare_shared);
    return FPL_OK;
}

static bool has_shared_part(const fpl_comparison *c, int side, const shared_part *part,
                            const uint16_t *z, uint16_t *own)
{
    const size_t n = (size_t)fpl_model_n_descriptors(c->models[side]);
    for (size_t d = 0; d < n; d++)
        own[d] = fpli_match_descriptor(c->match, side, (int)d) < 0 ? NOWHERE : z[d];
    const shared_row key = {own, n};
    return part->n_rows > 0 &&
           bsearch(&key, part->rows, part->n_rows, sizeof key, compare_shared) != NULL;
}

static bool has_further_descriptors(const fpl_comparison *c, int side)
{
    for (int d = 0; d < fpl_model_n_descriptors(c->models[side]); d++)
        if (fpli_match_descriptor(c->match, side, d) < 0) return true;
    return false;
}

static fpl_query query_of(const fpl_comparison *c, int side)
{
    return (fpl_query){
        .reading = FPL_DO, .fixed = c->held[side], .n_fixed = c->n_held[side]};
}

static fpl_status add_shift(fpl_comparison *c, int side, const uint16_t *z)
{
    fpli_shifts *shifts = &c->shifts[side];
    const fpli_holding holding = {{c->held[0], c->held[1]}, {c->n_held[0], c->n_held[1]}};
    fpl_shift shift = {.side = side, .z = fpli_keep_scenario(c, side, z)};
    if (shift.z == NULL) return FPL_E_MEMORY;
    const fpl_status status = fpli_find_causes(c, &holding, &shift);
    if (status != FPL_OK) return status;
    if (!fpli_grow((void **)&shifts->items, shifts->n, &shifts->capacity, sizeof shift))
        return FPL_E_MEMORY;
    shifts->items[shifts->n++] = shift;
    return FPL_OK;
}

/* Work space for one side's scenarios. */
typedef struct search {
    fpli_image image;
    int32_t *balance;
    uint16_t *own;
    shared_part part;
} search;

static fpl_status prepare(const fpl_comparison *c, int side, search *s)
{
    const fpl_model *other = c->models[1 - side];
    const size_t n_other = (size_t)fpl_model_n_descriptors(other);
    const size_t n = (size_t)fpl_model_n_descriptors(c->models[side]);
    *s = (search){.image = {.z = fpli_new(n_other, sizeof(uint16_t))},
                  .balance = fpli_new((size_t)fpl_model_offset(other, (int)n_other),
                                      sizeof(int32_t)),
                  .own = fpli_new(n, sizeof(uint16_t))};
    if (s->image.z == NULL || s->balance == NULL || s->own == NULL) return FPL_E_MEMORY;
    return has_further_descriptors(c, 1 - side) ? share_all(c, side, &s->part) : FPL_OK;
}

static void release(search *s)
{
    fpli_free(s->image.z);
    fpli_free(s->balance);
    fpli_free(s->own);
    fpli_free(s->part.room);
    fpli_free(s->part.rows);
}

static bool is_kept(const fpl_comparison *c, int side, const uint16_t *z, search *s)
{
    const int other = 1 - side;
    const fpl_query query = query_of(c, other);
    fpli_image_of(c, side, z, &s->image);
    if (!s->image.exists) return false;
    if (!s->image.is_full) return has_shared_part(c, side, &s->part, z, s->own);
    return fpl_query_admits(c->models[other], &query, s->image.z, s->balance);
}

static fpl_status find_shifts(fpl_comparison *c, int side)
{
    search s;
    fpl_status status = prepare(c, side, &s);
    for (size_t i = 0; i < fpl_scenarios_n(c->scenarios[side]) && status == FPL_OK; i++) {
        const uint16_t *z = fpl_scenarios_get(c->scenarios[side], i);
        if (!is_kept(c, side, z, &s)) status = add_shift(c, side, z);
    }
    release(&s);
    return status;
}

/* ---- roadmaps -------------------------------------------------------------------------------- */

/* Whether each driver of a side is a driver of the other too, or held there. */
static bool drivers_match(const fpl_comparison *c, int side)
{
    const int other = 1 - side;
    const fpli_holding holding = {{c->held[0], c->held[1]}, {c->n_held[0], c->n_held[1]}};
    for (int i = 0; i < fpl_roadmap_n_drivers(c->roadmaps[side]); i++) {
        const int e = fpli_match_descriptor(c->match, side,
                                            fpl_roadmap_drivers(c->roadmaps[side])[i]);
        bool found = e >= 0 && fpli_held_at(&holding, other, e) >= 0;
        for (int k = 0; k < fpl_roadmap_n_drivers(c->roadmaps[other]); k++)
            found = found || fpl_roadmap_drivers(c->roadmaps[other])[k] == e;
        if (!found) return false;
    }
    return true;
}

static fpl_roadmap_match levels_match(const fpl_comparison *c)
{
    const int level[] = {fpl_model_level(c->models[0]), fpl_model_level(c->models[1])};
    if (level[FPL_OLD] < 0 || level[FPL_NEW] < 0) return FPL_ROADMAPS_NO_LEVEL;
    return fpli_match_descriptor(c->match, FPL_OLD, level[FPL_OLD]) == level[FPL_NEW]
               ? FPL_ROADMAPS_MATCH
               : FPL_ROADMAPS_OTHER_LEVEL;
}

static void note_stop(fpl_comparison *c, fpl_stop stop)
{
    if (c->stop == FPL_COMPLETE) c->stop = stop;
}

static fpl_limits rest_of(const fpl_limits *limits, const fpli_watch *watch)
{
    fpl_limits rest = limits == NULL ? (fpl_limits){0} : *limits;
    rest.time_ms = fpli_watch_remaining_ms(watch);
    return rest;
}

static fpl_status compare_roadmaps(fpl_comparison *c, const fpl_limits *limits,
                                   const fpli_watch *watch, fpl_error *error)
{
    fpl_status status = FPL_OK;
    c->roadmap_match = levels_match(c);
    if (c->roadmap_match != FPL_ROADMAPS_MATCH) return FPL_OK;
    for (int side = 0; side < 2; side++) {
        const fpl_roadmap_options options = {.held = c->held[side],
                                             .n_held = c->n_held[side]};
        fpl_limits rest = rest_of(limits, watch);
        FPL_TRY(fpl_roadmap_compute(c->models[side], &options, &rest, &c->roadmaps[side],
                                    error));
        note_stop(c, fpl_roadmap_stop(c->roadmaps[side]));
        rest = rest_of(limits, watch);
        FPL_TRY(fpl_gates_verify(c->models[side], c->roadmaps[side], NULL, &rest,
                                 &c->verdicts[side], error));
        for (int g = 0; g < fpl_gate_verdicts_n(c->verdicts[side]); g++)
            note_stop(c, fpl_gate_verdicts_get(c->verdicts[side], g)->stop);
    }
    FPL_TRY(fpli_compare_gates(c));
    if (drivers_match(c, FPL_OLD) && drivers_match(c, FPL_NEW))
        status = fpli_compare_rows(c);
    else
        c->roadmap_match = FPL_ROADMAPS_OTHER_DRIVERS;
out:
    return status;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static fpl_status take_options(fpl_comparison *c, const fpl_compare_options *options)
{
    for (int side = 0; side < 2; side++) {
        const int n = options == NULL ? 0 : options->n_held[side];
        const size_t size = (size_t)n * sizeof(fpl_fixing);
        c->held[side] = fpli_new((size_t)n, sizeof(fpl_fixing));
        if (c->held[side] == NULL) return FPL_E_MEMORY;
        if (n > 0) memcpy(c->held[side], options->held[side], size);
        c->n_held[side] = n;
    }
    const int units[] = {fpl_model_denominator(c->models[0]),
                         fpl_model_denominator(c->models[1])};
    c->denominator = units[0] > units[1] ? units[0] : units[1]; /* powers of ten */
    for (int side = 0; side < 2; side++) c->unit[side] = c->denominator / units[side];
    return FPL_OK;
}

static fpl_status collect(fpl_comparison *c, const fpl_limits *limits,
                          const fpli_watch *watch, fpl_error *error)
{
    for (int side = 0; side < 2; side++) {
        fpl_limits rest = rest_of(limits, watch);
        const fpl_query query = query_of(c, side);
        if (rest.cap == 0) rest.cap = SCENARIOS_USUAL;
        const fpl_status status = fpl_scenarios_collect(c->models[side], &query, &rest,
                                                        &c->scenarios[side], error);
        if (status != FPL_OK) return status;
        note_stop(c, fpl_scenarios_outcome(c->scenarios[side])->stop);
    }
    return FPL_OK;
}

fpl_status fpl_compare(const fpl_model *old, const fpl_model *new_,
                       const fpl_compare_options *options, const fpl_limits *limits,
                       fpl_comparison **comparison, fpl_error *error)
{
    fpl_status status = FPL_OK;
    fpli_watch watch;
    fpli_watch_start(&watch, limits);
    fpl_comparison *c = fpli_new(1, sizeof *c);
    if (c == NULL) return fpli_no_memory(error);
    c->models[FPL_OLD] = old;
    c->models[FPL_NEW] = new_;
    c->roadmap_match = FPL_ROADMAPS_NOT_ASKED;
    FPL_TRY(fpli_match_new(old, new_, &c->match));
    FPL_TRY(take_options(c, options));
    FPL_TRY(collect(c, limits, &watch, error));
    for (int side = 0; side < 2; side++) FPL_TRY(find_shifts(c, side));
    if (options == NULL || !options->no_roadmap)
        FPL_TRY(compare_roadmaps(c, limits, &watch, error));
    *comparison = c;
    c = NULL;
out:
    fpl_comparison_free(c);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_comparison_free(fpl_comparison *comparison)
{
    if (comparison == NULL) return;
    for (int side = 0; side < 2; side++) {
        fpli_free(comparison->held[side]);
        fpl_scenarios_free(comparison->scenarios[side]);
        fpli_free(comparison->shifts[side].items);
        fpl_gate_verdicts_free(comparison->verdicts[side]);
        fpl_roadmap_free(comparison->roadmaps[side]);
    }
    fpli_free(comparison->rows);
    fpli_free(comparison->gates);
    fpli_match_free(comparison->match);
    fpli_free(comparison);
}

int fpl_comparison_denominator(const fpl_comparison *comparison)
{
    return comparison->denominator;
}

const fpl_scenarios *fpl_comparison_scenarios(const fpl_comparison *comparison, int side)
{
    return comparison->scenarios[side];
}

size_t fpl_comparison_n_shifts(const fpl_comparison *comparison, int side)
{
    return comparison->shifts[side].n;
}

const fpl_shift *fpl_comparison_shift(const fpl_comparison *comparison, int side,
                                      size_t index)
{
    return &comparison->shifts[side].items[index];
}

fpl_roadmap_match fpl_comparison_roadmaps(const fpl_comparison *comparison)
{
    return comparison->roadmap_match;
}

const fpl_roadmap *fpl_comparison_roadmap(const fpl_comparison *comparison, int side)
{
    return comparison->roadmaps[side];
}

size_t fpl_comparison_n_rows(const fpl_comparison *comparison)
{
    return comparison->n_rows;
}

const fpl_row_shift *fpl_comparison_row(const fpl_comparison *comparison, size_t index)
{
    return &comparison->rows[index];
}

size_t fpl_comparison_n_lone_rows(const fpl_comparison *comparison, int side)
{
    return comparison->n_lone_rows[side];
}

size_t fpl_comparison_n_gates(const fpl_comparison *comparison)
{
    return comparison->n_gates;
}

const fpl_gate_shift *fpl_comparison_gate(const fpl_comparison *comparison, size_t index)
{
    return &comparison->gates[index];
}

fpl_stop fpl_comparison_stop(const fpl_comparison *comparison)
{
    return comparison->stop;
}

bool fpl_comparison_differs(const fpl_comparison *comparison)
{
    return comparison->shifts[FPL_OLD].n + comparison->shifts[FPL_NEW].n +
               comparison->n_rows + comparison->n_gates +
               comparison->n_lone_rows[FPL_OLD] + comparison->n_lone_rows[FPL_NEW] >
           0;
}
