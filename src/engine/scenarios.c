/* The three public faces of the search: visit, collect, count. */
#include <fahrplan/scenarios.h>

#include "base/checkpoint.h"
#include "base/mem.h"
#include "engine/question.h"
#include "engine/solver.h"

#include "base/status.h"

#include <stdlib.h>
#include <string.h>

struct fpl_scenarios {
    uint16_t *items; /* n indices each */
    size_t n_items, capacity;
    size_t n;
    fpl_outcome outcome;
    bool broken;
};

static fpl_status make_solver(const fpl_model *model, fpli_solver **solver,
                              fpl_error *error)
{
    fpl_status status = fpli_solver_new(model, FPLI_VECTORS_END, solver);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

static fpl_status begin(const fpl_model *model, const fpl_query *query, const char *task,
                        const fpl_limits *limits, fpl_error *error)
{
    fpli_sha256 question;
    fpli_question_start(&question);
    fpli_question_add_query(&question, model, query);
    return fpli_question_begin(&question, model, task, limits, error);
}

fpl_status fpl_scenarios_visit(const fpl_model *model, const fpl_query *query,
                               const fpl_limits *limits, fpl_visitor visitor,
                               void *context, fpl_outcome *outcome, fpl_error *error)
{
    fpli_solver *solver = NULL;
    fpl_status status = begin(model, query, "scenarios", limits, error);
    if (status != FPL_OK) return status;
    status = make_solver(model, &solver, error);
    if (status == FPL_OK)
        status = fpli_solver_visit(solver, query, limits, visitor, context, outcome,
                                   error);
    fpli_solver_free(solver);
    return fpli_checkpoint_end(limits, status, error);
}

fpl_status fpl_scenarios_count(const fpl_model *model, const fpl_query *query,
                               const fpl_limits *limits, fpl_count *count,
                               fpl_outcome *outcome, fpl_error *error)
{
    fpli_solver *solver = NULL;
    fpl_status status = begin(model, query, "count", limits, error);
    if (status != FPL_OK) return status;
    status = make_solver(model, &solver, error);
    if (status == FPL_OK)
        status = fpli_solver_count(solver, query, limits, count, outcome, error);
    fpli_solver_free(solver);
    return fpli_checkpoint_end(limits, status, error);
}

/* ---- collecting --------------------------------------------------------------------------- */

static bool keep(void *context, const uint16_t *z)
{
    fpl_scenarios *set = context;
    const size_t size = set->n * sizeof *z;
    if (!fpli_grow((void **)&set->items, set->n_items, &set->capacity, size)) {
        set->broken = true;
        return false;
    }
    memcpy(set->items + set->n_items++ * set->n, z, size);
    return true;
}

/* Listing order (docs/formats.md, section 3): the last descriptor decides first. */
static int compare(const uint16_t *a, const uint16_t *b, size_t n)
{
    for (size_t d = n; d-- > 0;)
        if (a[d] != b[d]) return a[d] < b[d] ? -1 : 1;
    return 0;
}

/* Merge sort of the rows: no global state, and no comparison function that needs to know n. */
static void merge_sort(uint16_t *items, uint16_t *room, size_t n_items, size_t n)
{
    if (n_items < 2) return;
    const size_t half = n_items / 2, size = n * sizeof *items;
    merge_sort(items, room, half, n);
    merge_sort(items + half * n, room, n_items - half, n);
    memcpy(room, items, half * size);
    size_t left = 0, right = half, at = 0;
    while (left < half && right < n_items) {
        const bool take_left = compare(room + left * n, items + right * n, n) <= 0;
        memmove(items + at++ * n, take_left ? room + left * n : items + right * n, size);
        if (take_left)
            left++;
        else
            right++;
    }
    memcpy(items + at * n, room + left * n, (half - left) * size);
}

static fpl_status sort(fpl_scenarios *set)
{
    uint16_t *room = fpli_new(set->n_items / 2 + 1, set->n * sizeof *room);
    if (room == NULL) return FPL_E_MEMORY;
    merge_sort(set->items, room, set->n_items, set->n);
    fpli_free(room);
    return FPL_OK;
}

fpl_status fpl_scenarios_collect(const fpl_model *model, const fpl_query *query,
                                 const fpl_limits *limits, fpl_scenarios **scenarios,
                                 fpl_error *error)
{
    fpl_scenarios *set = fpli_new(1, sizeof *set);
    if (set == NULL) return fpli_no_memory(error);
    set->n = (size_t)fpl_model_n_descriptors(model);
    fpl_status status = fpl_scenarios_visit(model, query, limits, keep, set,
                                            &set->outcome, error);
    if (status == FPL_OK && set->broken) status = fpli_no_memory(error);
    if (status == FPL_OK && sort(set) != FPL_OK) status = fpli_no_memory(error);
    if (status == FPL_OK)
        *scenarios = set;
    else
        fpl_scenarios_free(set);
    return status;
}

void fpl_scenarios_free(fpl_scenarios *scenarios)
{
    if (scenarios == NULL) return;
    fpli_free(scenarios->items);
    fpli_free(scenarios);
}

size_t fpl_scenarios_n(const fpl_scenarios *scenarios)
{
    return scenarios->n_items;
}

const uint16_t *fpl_scenarios_get(const fpl_scenarios *scenarios, size_t index)
{
    return scenarios->items + index * scenarios->n;
}

const fpl_outcome *fpl_scenarios_outcome(const fpl_scenarios *scenarios)
{
    return &scenarios->outcome;
}
