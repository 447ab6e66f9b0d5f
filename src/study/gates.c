/* Verdicts on stated gates, method.md M6.3: the completions of all rows are looked at once, for all
 * gates together. */
#include "study/roadmap.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/status.h"
#include "engine/solver.h"

#include <fahrplan/gates.h>
#include <fahrplan/regime.h>

#include <string.h>

/* One gate in one row. */
typedef struct trial {
    bool open; /* some completion has it open */
    bool met;  /* some completion has the condition */
    bool open_and_met;
    bool open_unmet;
    uint16_t *open_unmet_witness; /* n indices each */
    uint16_t *met_witness;
} trial;

typedef struct court {
    const fpl_model *model;
    fpl_gate_verdicts *verdicts;
    fpli_solver *solver;
    const fpl_content *content;
    trial *trials;
    size_t n; /* descriptors */
} court;

struct fpl_gate_verdicts {
    fpl_gate_options options;
    fpli_arena *arena; /* the verdicts and their witnesses */
    fpl_gate_verdict *items;
    int n;
};

static fpl_gate_obstacle obstacle_of(const fpl_gate *gate)
{
    if (gate->kind != FPL_GATE_NECESSARY && gate->kind != FPL_GATE_SUFFICIENT)
        return FPL_GATE_NO_CONDITION;
    if (gate->when.formula == NULL) return FPL_GATE_NO_FORMULA;
    if (gate->level.index < 0 && gate->measure.index < 0) return FPL_GATE_NO_TARGET;
    return FPL_GATE_TESTABLE;
}

static bool is_open(const court *c, const fpl_gate *gate, const uint16_t *z)
{
    if (gate->level.index >= 0) return z[fpl_model_level(c->model)] >= gate->level.index;
    return fpl_measure_admission(c->model, gate->measure.index, z) >= FPL_WAITING;
}

static bool hear(void *context, const uint16_t *z)
{
    court *c = context;
    for (int g = 0; g < c->content->gates.n; g++) {
        const fpl_gate *gate = &c->content->gates.items[g];
        trial *t = &c->trials[g];
        if (obstacle_of(gate) != FPL_GATE_TESTABLE) continue;
        const bool open = is_open(c, gate, z);
        const bool met = fpl_formula_holds(gate->when.formula, z);
        if (open && !met && !t->open_unmet)
            memcpy(t->open_unmet_witness, z, c->n * sizeof *z);
        if (met && !t->met) memcpy(t->met_witness, z, c->n * sizeof *z);
        t->open |= open;
        t->met |= met;
        t->open_and_met |= open && met;
        t->open_unmet |= open && !met;
    }
    return true;
}

/* What the row says of the gate; the witness is copied on the first violation. */
static fpl_status judge(const court *c, size_t row, const fpl_gate *gate, const trial *t,
                        fpl_gate_verdict *verdict)
{
    const bool necessary = gate->kind == FPL_GATE_NECESSARY;
    const bool tested = necessary ? t->open : t->met;
    const bool violated = necessary ? t->open_unmet : t->met && !t->open_and_met;
    verdict->n_rows++;
    verdict->n_tested += tested;
    if (!violated) return FPL_OK;
    if (verdict->n_violations++ > 0) return FPL_OK;
    uint16_t *witness = fpli_arena_alloc(c->verdicts->arena, c->n, sizeof *witness);
    if (witness == NULL) return FPL_E_MEMORY;
    memcpy(witness, necessary ? t->open_unmet_witness : t->met_witness,
           c->n * sizeof *witness);
    verdict->first_row = row;
    verdict->witness = witness;
    return FPL_OK;
}

/* A violation stands whatever the rows say that were not looked at; nothing else does. */
static void close_verdict(const fpl_gate *gate, fpl_stop stop, fpl_gate_verdict *verdict)
{
    verdict->obstacle = obstacle_of(gate);
    if (verdict->obstacle != FPL_GATE_TESTABLE) return; /* no row could change that */
    verdict->stop = stop;
    if (verdict->n_violations > 0) {
        verdict->answer = FPL_GATE_VIOLATED;
    } else if (stop != FPL_COMPLETE) {
        verdict->answer = FPL_GATE_UNKNOWN;
    } else if (verdict->n_tested > 0) {
        verdict->answer = FPL_GATE_ENTAILED;
    } else {
        verdict->obstacle = FPL_GATE_NEVER_ARISES;
    }
}

static void clear_trials(court *c)
{
    for (int g = 0; g < c->content->gates.n; g++) {
        trial *t = &c->trials[g];
        t->open = t->met = t->open_and_met = t->open_unmet = false;
    }
}

static fpl_status prepare_trials(court *c, fpli_arena *arena)
{
    const size_t n_gates = (size_t)c->content->gates.n;
    c->trials = fpli_arena_alloc(arena, n_gates, sizeof *c->trials);
    if (c->trials == NULL) return FPL_E_MEMORY;
    for (size_t g = 0; g < n_gates; g++) {
        c->trials[g].open_unmet_witness = fpli_arena_alloc(arena, c->n, sizeof(uint16_t));
        c->trials[g].met_witness = fpli_arena_alloc(arena, c->n, sizeof(uint16_t));
        if (c->trials[g].open_unmet_witness == NULL || c->trials[g].met_witness == NULL)
            return FPL_E_MEMORY;
    }
    return FPL_OK;
}

static fpl_status try_row(court *c, const fpl_roadmap *roadmap, size_t row,
                          fpl_fixing *held, const fpl_limits *limits, fpl_stop *stop)
{
    fpli_row_fixings(roadmap, row, held);
    const fpl_query query = {
        .reading = FPL_DO, .fixed = held, .n_fixed = roadmap->n_held};
    fpl_outcome outcome = {0};
    clear_trials(c);
    fpl_status status = fpli_solver_visit(c->solver, &query, limits, hear, c, &outcome,
                                          NULL);
    if (status == FPL_OK) *stop = outcome.stop;
    if (status != FPL_OK || outcome.stop != FPL_COMPLETE) return status;
    for (int g = 0; g < c->verdicts->n && status == FPL_OK; g++)
        status = judge(c, row, &c->content->gates.items[g], &c->trials[g],
                       &c->verdicts->items[g]);
    return status;
}

static fpl_status try_rows(court *c, const fpl_roadmap *roadmap, fpl_fixing *held,
                           const fpl_limits *limits, fpl_stop *stop)
{
    const fpl_gate_options *options = &c->verdicts->options;
    fpl_status status = FPL_OK;
    fpli_watch watch;
    fpli_watch_start(&watch, limits);
    for (size_t r = 0; r < roadmap->n_rows && status == FPL_OK; r++) {
        const fpl_row *row = &roadmap->rows[r];
        *stop = row->stop != FPL_COMPLETE ? row->stop : fpli_watch_look(&watch);
        if (*stop != FPL_COMPLETE) break; /* its tension is not known either */
        if (options->use_max_tension && row->tension > options->max_tension) continue;
        const fpl_limits one = {.time_ms = fpli_watch_remaining_ms(&watch),
                                .n_threads = 1,
                                .cancel = limits == NULL ? NULL : limits->cancel};
        status = try_row(c, roadmap, r, held, &one, stop);
        if (*stop != FPL_COMPLETE) break;
    }
    return status;
}

static bool is_any_testable(const court *c)
{
    for (int g = 0; g < c->content->gates.n; g++)
        if (obstacle_of(&c->content->gates.items[g]) == FPL_GATE_TESTABLE) return true;
    return false;
}

static fpl_status verdicts_new(int n, const fpl_gate_options *options,
                               fpl_gate_verdicts **verdicts)
{
    fpl_gate_verdicts *v = fpli_new(1, sizeof *v);
    if (v == NULL) return FPL_E_MEMORY;
    *verdicts = v;
    if (options != NULL) v->options = *options;
    v->arena = fpli_arena_new();
    if (v->arena == NULL) return FPL_E_MEMORY;
    v->items = fpli_arena_alloc(v->arena, (size_t)n, sizeof *v->items);
    if (v->items == NULL) return FPL_E_MEMORY;
    v->n = n;
    for (int g = 0; g < n; g++) v->items[g] = (fpl_gate_verdict){.gate = g};
    return FPL_OK;
}

fpl_status fpl_gates_verify(const fpl_model *model, const fpl_roadmap *roadmap,
                            const fpl_gate_options *options, const fpl_limits *limits,
                            fpl_gate_verdicts **verdicts, fpl_error *error)
{
    fpl_status status = FPL_OK;
    fpl_stop stop = FPL_COMPLETE;
    court c = {.model = model,
               .content = fpl_model_content(model),
               .n = (size_t)fpl_model_n_descriptors(model)};
    fpli_arena *arena = fpli_arena_new();
    fpl_fixing *held = fpli_new((size_t)roadmap->n_held, sizeof *held);
    FPL_TRY(arena == NULL || held == NULL ? FPL_E_MEMORY : FPL_OK);
    FPL_TRY(verdicts_new(c.content->gates.n, options, &c.verdicts));
    FPL_TRY(prepare_trials(&c, arena));
    FPL_TRY(fpli_solver_new(model, FPLI_VECTORS_END, &c.solver));
    if (is_any_testable(&c)) FPL_TRY(try_rows(&c, roadmap, held, limits, &stop));
    for (int g = 0; g < c.verdicts->n; g++)
        close_verdict(&c.content->gates.items[g], stop, &c.verdicts->items[g]);
    *verdicts = c.verdicts;
    c.verdicts = NULL;
out:
    fpl_gate_verdicts_free(c.verdicts);
    fpli_solver_free(c.solver);
    fpli_arena_free(arena);
    fpli_free(held);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_gate_verdicts_free(fpl_gate_verdicts *verdicts)
{
    if (verdicts == NULL) return;
    fpli_arena_free(verdicts->arena);
    fpli_free(verdicts);
}

int fpl_gate_verdicts_n(const fpl_gate_verdicts *verdicts)
{
    return verdicts->n;
}

const fpl_gate_verdict *fpl_gate_verdicts_get(const fpl_gate_verdicts *verdicts,
                                              int index)
{
    return &verdicts->items[index];
}

const fpl_gate_options *fpl_gate_verdicts_options(const fpl_gate_verdicts *verdicts)
{
    return &verdicts->options;
}
