/* Rows of two roadmaps side by side: which answers differ, with a completion for each level lost or
 * gained, and the step at which successions part. */
#include "study/compare.h"

#include "base/status.h"
#include "study/roadmap.h"

#include <string.h>

/* ---- levels of one model in the other ------------------------------------------------------ */

/* The set in indices of the new model; *whole is false if a level has no partner. */
static fpl_level_set in_new(const fpl_comparison *c, fpl_level_set old, bool *whole)
{
    const int level = fpl_model_level(c->models[FPL_OLD]);
    fpl_level_set set = 0;
    for (int k = 0; k < fpl_model_n_variants(c->models[FPL_OLD], level); k++) {
        if (!(old >> k & 1)) continue;
        const int v = fpli_match_variant(c->match, FPL_OLD, level, k);
        if (v < 0)
            *whole = false;
        else
            set |= (fpl_level_set)1 << v;
    }
    return set;
}

static bool sets_differ(const fpl_comparison *c, fpl_level_set old, fpl_level_set new_)
{
    bool whole = true;
    return in_new(c, old, &whole) != new_ || !whole;
}

static int differences(const fpl_comparison *c, const fpl_row *const row[2])
{
    int differs = 0;
    if (row[0]->default_levels == 0 || row[1]->default_levels == 0) return 0;
    if (sets_differ(c, row[0]->default_levels, row[1]->default_levels))
        differs |= FPL_ROW_DEFAULT;
    if (row[0]->stop != FPL_COMPLETE || row[1]->stop != FPL_COMPLETE) return differs;
    if (sets_differ(c, row[0]->possible, row[1]->possible)) differs |= FPL_ROW_POSSIBLE;
    const int was = row[FPL_OLD]->necessary;
    const int is = was < 0 ? -1
                           : fpli_match_variant(c->match, FPL_OLD,
                                                fpl_model_level(c->models[FPL_OLD]), was);
    if ((was >= 0 && is < 0) || is != row[FPL_NEW]->necessary)
        differs |= FPL_ROW_NECESSARY;
    return differs;
}

/* ---- completions lost and gained ------------------------------------------------------------ */

typedef struct wanted {
    const fpl_comparison *c;
    int side;
    int level;
    uint16_t *found;
    bool broken;
} wanted;

static bool look_for_level(void *context, const uint16_t *z)
{
    wanted *w = context;
    if (z[fpl_model_level(w->c->models[w->side])] != w->level) return true;
    w->found = fpli_keep_scenario(w->c, w->side, z);
    w->broken = w->found == NULL;
    return false;
}

static fpl_status add_witness(const fpl_comparison *c, const fpli_holding *holding,
                              int side, int level, fpl_row_shift *row)
{
    wanted w = {.c = c, .side = side, .level = level};
    const fpl_query query = {
        .reading = FPL_DO, .fixed = holding->items[side], .n_fixed = holding->n[side]};
    const fpl_limits one = {.n_threads = 1};
    fpl_outcome outcome;
    fpl_status status = fpl_scenarios_visit(c->models[side], &query, &one, look_for_level,
                                            &w, &outcome, NULL);
    if (status != FPL_OK || w.broken) return FPL_E_MEMORY;
    if (w.found == NULL) return FPL_OK;
    fpl_shift *shift = fpli_list_append(c->match->arena, &row->witnesses, sizeof *shift);
    if (shift == NULL) return FPL_E_MEMORY;
    *shift = (fpl_shift){.side = side, .z = w.found};
    return fpli_find_causes(c, holding, shift);
}

static fpl_status add_witnesses(const fpl_comparison *c, const fpli_holding *holding,
                                const fpl_row *const both[2], fpl_row_shift *row)
{
    for (int side = 0; side < 2; side++) {
        const int level = fpl_model_level(c->models[side]);
        for (int k = 0; k < fpl_model_n_variants(c->models[side], level); k++) {
            const int v = fpli_match_variant(c->match, side, level, k);
            const bool there = v >= 0 && (both[1 - side]->possible >> v & 1);
            if (!(both[side]->possible >> k & 1) || there) continue;
            const fpl_status status = add_witness(c, holding, side, k, row);
            if (status != FPL_OK) return status;
        }
    }
    return FPL_OK;
}

/* ---- where successions part ------------------------------------------------------------------ */

/* Whether two scenarios agree in what both models have. */
static bool agree(const fpl_comparison *c, const uint16_t *const z[2])
{
    for (int d = 0; d < fpl_model_n_descriptors(c->models[FPL_OLD]); d++) {
        const int e = fpli_match_descriptor(c->match, FPL_OLD, d);
        if (e >= 0 &&
            fpli_match_variant(c->match, FPL_OLD, d, z[FPL_OLD][d]) != z[FPL_NEW][e])
            return false;
    }
    return true;
}

static bool same_moves(const fpl_comparison *c, const fpl_trace_step *const step[2])
{
    if (step[0]->n_moves != step[1]->n_moves) return false;
    for (int i = 0; i < step[0]->n_moves; i++) {
        const fpl_trace_move *a = &step[FPL_OLD]->moves[i], *b = &step[FPL_NEW]->moves[i];
        if (fpli_match_descriptor(c->match, FPL_OLD, a->descriptor) != b->descriptor ||
            fpli_match_variant(c->match, FPL_OLD, a->descriptor, a->to) != b->to)
            return false;
    }
    return true;
}

static fpl_status add_other_starts(const fpl_comparison *c, const uint16_t *const z[2],
                                   fpl_row_shift *row)
{
    for (int d = 0; d < fpl_model_n_descriptors(c->models[FPL_OLD]); d++) {
        const int e = fpli_match_descriptor(c->match, FPL_OLD, d);
        if (e < 0 ||
            fpli_match_variant(c->match, FPL_OLD, d, z[FPL_OLD][d]) == z[FPL_NEW][e])
            continue;
        fpl_cause *cause = fpli_list_append(c->match->arena, &row->causes, sizeof *cause);
        if (cause == NULL) return FPL_E_MEMORY;
        *cause = (fpl_cause){
            .kind = FPL_CAUSE_START,
            .descriptor = {d, e},
            .chosen = {z[FPL_OLD][d],
                       fpli_match_variant(c->match, FPL_OLD, d, z[FPL_OLD][d])},
            .rival = {fpli_match_variant(c->match, FPL_NEW, e, z[FPL_NEW][e]),
                      z[FPL_NEW][e]},
            .exclusion = -1};
    }
    return FPL_OK;
}

static fpl_status add_movers(const fpl_comparison *c, const fpli_holding *holding,
                             const fpl_trace_step *const step[2], fpl_row_shift *row)
{
    for (int side = 0; side < 2; side++)
        for (int i = 0; i < step[side]->n_moves; i++) {
            const fpl_trace_move *move = &step[side]->moves[i];
            fpl_cause cause;
            fpl_status status = fpli_weigh(c, holding, side, step[side]->z,
                                           move->descriptor, move->from, move->to,
                                           &cause);
            if (status != FPL_OK) return status;
            fpl_cause *added = fpli_list_append(c->match->arena, &row->causes,
                                                sizeof *added);
            if (added == NULL) return FPL_E_MEMORY;
            *added = cause;
        }
    return FPL_OK;
}

static fpl_status part(const fpl_comparison *c, const fpli_holding *holding,
                       fpl_trace *const trace[2], fpl_row_shift *row)
{
    for (size_t t = 0; t < fpl_trace_n(trace[0]) && t < fpl_trace_n(trace[1]); t++) {
        const fpl_trace_step *const step[] = {fpl_trace_get(trace[0], t),
                                              fpl_trace_get(trace[1], t)};
        const uint16_t *const z[] = {step[0]->z, step[1]->z};
        if (!agree(c, z)) return t == 0 ? add_other_starts(c, z, row) : FPL_OK;
        if (same_moves(c, step)) continue;
        row->parting = fpli_keep_scenario(c, FPL_OLD, z[FPL_OLD]);
        if (row->parting == NULL) return FPL_E_MEMORY;
        return add_movers(c, holding, step, row);
    }
    return FPL_OK;
}

static fpl_status find_parting(const fpl_comparison *c, const fpli_holding *holding,
                               fpl_row_shift *row)
{
    fpl_trace *trace[2] = {NULL, NULL};
    fpl_status status = FPL_OK;
    for (int side = 0; side < 2; side++)
        FPL_TRY(fpl_trace_compute(c->models[side], NULL, holding->items[side],
                                  holding->n[side], fpl_roadmap_start(c->roadmaps[side]),
                                  NULL, &trace[side], NULL));
    status = part(c, holding, trace, row);
out:
    for (int side = 0; side < 2; side++) fpl_trace_free(trace[side]);
    return status == FPL_E_OVERFLOW ? FPL_OK : status; /* a cycle too long to follow */
}

/* ---- rows ----------------------------------------------------------------------------------- */

static fpli_holding held_everywhere(const fpl_comparison *c)
{
    return (fpli_holding){{c->held[0], c->held[1]}, {c->n_held[0], c->n_held[1]}};
}

/* The variant that row r of a side gives to one of its descriptors, be it a driver or held; -1: neither. */
static int variant_in_row(const fpl_comparison *c, int side, size_t r, int descriptor)
{
    const fpl_roadmap *map = c->roadmaps[side];
    const fpli_holding held = held_everywhere(c);
    for (int i = 0; i < map->n_drivers; i++)
        if (map->drivers[i] == descriptor) return fpl_roadmap_row(map, r)->drivers[i];
    return fpli_held_at(&held, side, descriptor);
}

/* Whether row r of the old roadmap is compatible with what the new one holds in all rows. */
static bool fits_holding(const fpl_comparison *c, size_t r)
{
    const fpli_holding held = held_everywhere(c);
    for (int i = 0; i < c->roadmaps[FPL_OLD]->n_drivers; i++) {
        const int d = c->roadmaps[FPL_OLD]->drivers[i];
        const int at = fpli_held_at(&held, FPL_NEW,
                                    fpli_match_descriptor(c->match, FPL_OLD, d));
        const int v = variant_in_row(c, FPL_OLD, r, d);
        if (at >= 0 && fpli_match_variant(c->match, FPL_OLD, d, v) != at) return false;
    }
    return true;
}

/* The row of the new roadmap that is row r of the old one; false: it has none. */
static bool find_row(const fpl_comparison *c, size_t r, size_t *found)
{
    const fpl_roadmap *map = c->roadmaps[FPL_NEW];
    size_t index = 0;
    if (!fits_holding(c, r)) return false;
    for (int j = 0; j < map->n_drivers; j++) {
        const int e = map->drivers[j];
        const int d = fpli_match_descriptor(c->match, FPL_NEW, e);
        const int v = fpli_match_variant(c->match, FPL_OLD, d,
                                         variant_in_row(c, FPL_OLD, r, d));
        if (v < 0) return false;
        index = index * (size_t)fpl_model_n_variants(c->models[FPL_NEW], e) + (size_t)v;
    }
    *found = index;
    return true;
}

static fpl_status explain_row(const fpl_comparison *c, const fpl_row *const both[2],
                              fpl_row_shift *row)
{
    fpl_status status = FPL_OK;
    fpl_fixing *held[2] = {NULL, NULL};
    fpli_holding holding = {0};
    for (int side = 0; side < 2; side++) {
        const fpl_roadmap *map = c->roadmaps[side];
        held[side] = fpli_new((size_t)map->n_held, sizeof *held[side]);
        FPL_TRY(held[side] == NULL ? FPL_E_MEMORY : FPL_OK);
        fpli_row_fixings(map, row->row[side], held[side]);
        holding.items[side] = held[side];
        holding.n[side] = map->n_held;
    }
    if (row->differs & FPL_ROW_POSSIBLE) FPL_TRY(add_witnesses(c, &holding, both, row));
    if (row->differs & FPL_ROW_DEFAULT) FPL_TRY(find_parting(c, &holding, row));
out:
    for (int side = 0; side < 2; side++) fpli_free(held[side]);
    return status;
}

static fpl_status compare_row(fpl_comparison *c, size_t old, size_t new_)
{
    const fpl_row *const both[] = {fpl_roadmap_row(c->roadmaps[FPL_OLD], old),
                                   fpl_roadmap_row(c->roadmaps[FPL_NEW], new_)};
    fpl_row_shift row = {.row = {old, new_}, .differs = differences(c, both)};
    if (row.differs == 0) return FPL_OK;
    const fpl_status status = explain_row(c, both, &row);
    if (status != FPL_OK) return status;
    if (!fpli_grow((void **)&c->rows, c->n_rows, &c->rows_capacity, sizeof row))
        return FPL_E_MEMORY;
    c->rows[c->n_rows++] = row;
    return FPL_OK;
}

fpl_status fpli_compare_rows(fpl_comparison *c)
{
    size_t matched = 0;
    for (size_t r = 0; r < fpl_roadmap_n_rows(c->roadmaps[FPL_OLD]); r++) {
        size_t other = 0;
        if (!find_row(c, r, &other)) continue;
        matched++;
        const fpl_status status = compare_row(c, r, other);
        if (status != FPL_OK) return status;
    }
    for (int side = 0; side < 2; side++)
        c->n_lone_rows[side] = fpl_roadmap_n_rows(c->roadmaps[side]) - matched;
    return FPL_OK;
}

/* ---- gates ---------------------------------------------------------------------------------- */

static fpl_status note_gate(fpl_comparison *c, const fpl_gate_verdict *old,
                            const fpl_gate_verdict *new_)
{
    if (old != NULL && new_ != NULL && old->answer == new_->answer) return FPL_OK;
    if (!fpli_grow((void **)&c->gates, c->n_gates, &c->gates_capacity, sizeof *c->gates))
        return FPL_E_MEMORY;
    c->gates[c->n_gates++] = (fpl_gate_shift){.verdict = {old, new_}};
    return FPL_OK;
}

static const int *gate_partners(const fpl_comparison *c, int side)
{
    for (int f = 0; f < fpli_content_record.n_fields; f++)
        if (fpli_content_record.fields[f].offset == offsetof(fpl_content, gates))
            return c->match->partner[side][f];
    return NULL;
}

fpl_status fpli_compare_gates(fpl_comparison *c)
{
    fpl_status status = FPL_OK;
    for (int side = 0; side < 2; side++) {
        const int *partner = gate_partners(c, side);
        for (int g = 0; g < fpl_gate_verdicts_n(c->verdicts[side]); g++) {
            const fpl_gate_verdict *both[2] = {NULL, NULL};
            if (side == FPL_NEW && partner[g] >= 0) continue;
            both[side] = fpl_gate_verdicts_get(c->verdicts[side], g);
            if (partner[g] >= 0)
                both[1 - side] = fpl_gate_verdicts_get(c->verdicts[1 - side], partner[g]);
            FPL_TRY(note_gate(c, both[FPL_OLD], both[FPL_NEW]));
        }
    }
out:
    return status;
}
