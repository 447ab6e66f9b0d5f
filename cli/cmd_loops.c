/* loops: what feeds on itself. */
#include "commands.h"
#include "query.h"
#include "roadmap.h"

#include <stdlib.h>
#include <string.h>

typedef struct own_options {
    roadmap_options roadmap;
    whole size;
    const char *lock;
} own_options;

static const option_row rows[] = {
    ROADMAP_ROWS(N_("claims and lock-in: only rows of at most this tension count")),
    {"size", 0, OPTION_NUMBER, offsetof(own_options, size), N_("N"),
     N_("traps of up to N descriptors"), "3", NULL, 1, FPL_TRAP_MOST},
    {"lock", 0, OPTION_TEXT, offsetof(own_options, lock), N_("DESCRIPTOR=VARIANT,..."),
     N_("only this: set these in every consistent scenario, hold them, and show which "
        "level "
        "stays"),
     NULL, NULL, 0, 0},
    {0},
};

/* ---- --lock --------------------------------------------------------------------------------- */

static fpl_status settle_all(const fpl_model *model, const fpl_dynamics *dynamics,
                             const fpl_loops_view *view, fpl_attractor *ends,
                             fpl_error *error)
{
    fpl_status status = FPL_OK;
    for (size_t s = 0; s < fpl_scenarios_n(view->scenarios) && status == FPL_OK; s++)
        status = fpl_settle(model, dynamics, view->lock, view->n_lock,
                            fpl_scenarios_get(view->scenarios, s), &ends[s], error);
    return status;
}

static fpl_status show_lock(command_call *call, const fpl_model *model,
                            const fpl_dynamics *dynamics, fpl_loops_view *view,
                            fpl_document **document, fpl_error *error)
{
    fpl_limits limits;
    fpl_scenarios *scenarios = NULL;
    fpl_traps *none = NULL;
    fpl_attractor *ends = NULL;
    call_limits(call, &limits);
    fpl_status status = fpl_scenarios_collect(model, NULL, &limits, &scenarios, error);
    if (status == FPL_OK) status = fpl_traps_find(model, 1, &limits, &none, error);
    const size_t n = status == FPL_OK ? fpl_scenarios_n(scenarios) : 0;
    if (status == FPL_OK) ends = calloc(n + 1, sizeof *ends);
    if (status == FPL_OK && ends == NULL) status = FPL_E_MEMORY;
    view->scenarios = scenarios;
    view->traps = none;
    view->ends = ends;
    if (status == FPL_OK) status = settle_all(model, dynamics, view, ends, error);
    if (status == FPL_OK)
        status = fpl_result_loops(model, view, &call->words, document, error);
    for (size_t s = 0; ends != NULL && s < n; s++) fpl_attractor_clear(&ends[s]);
    free(ends);
    fpl_traps_free(none);
    fpl_scenarios_free(scenarios);
    return status;
}

/* ---- all of it ------------------------------------------------------------------------------ */

static fpl_status show_all(command_call *call, const roadmap_state *state,
                           fpl_loops_view *view, fpl_document **document,
                           fpl_error *error)
{
    const fpl_dynamics *dynamics = &state->options.dynamics;
    fpl_limits limits;
    fpl_system *system = NULL;
    fpl_traps *traps = NULL;
    fpl_claim_trials *trials = NULL;
    fpl_hysteresis *hysteresis = NULL;
    call_limits(call, &limits);
    fpl_status status = fpl_system_compute(state->model, NULL, &limits, &system, error);
    if (status == FPL_OK)
        status = fpl_traps_find(state->model, view->trap_size, &limits, &traps, error);
    if (status == FPL_OK && state->roadmap != NULL)
        status = fpl_claims_test(state->model, state->roadmap, dynamics, &limits, &trials,
                                 error);
    if (status == FPL_OK && state->roadmap != NULL)
        status = fpl_hysteresis_compute(state->roadmap, dynamics, &limits, &hysteresis,
                                        error);
    if (status == FPL_E_UNSUPPORTED) status = FPL_OK; /* too many rows for a table */
    view->system = system;
    view->traps = traps;
    view->trials = trials;
    view->hysteresis = hysteresis;
    if (status == FPL_OK)
        status = fpl_result_loops(state->model, view, &call->words, document, error);
    fpl_hysteresis_free(hysteresis);
    fpl_claim_trials_free(trials);
    fpl_traps_free(traps);
    fpl_system_free(system);
    return status;
}

static int show(command_call *call, const roadmap_state *state)
{
    const own_options *own = call->line.values;
    fpl_fixing *lock = NULL;
    fpl_document *document = NULL;
    fpl_error error = call_error();
    fpl_loops_view view = {.roadmap = state->roadmap,
                           .trap_size = own->size.given ? (int)own->size.value : 3,
                           .use_max_tension = state->use_max_tension,
                           .max_tension = state->max_tension};
    int code = 0;
    if (own->lock != NULL)
        code = settings_parse("--lock", own->lock, state->model, &lock, &view.n_lock);
    view.lock = lock;
    if (code == 0) {
        const fpl_status status = lock != NULL
                                      ? show_lock(call, state->model,
                                                  &state->options.dynamics, &view,
                                                  &document, &error)
                                      : show_all(call, state, &view, &document, &error);
        code = status == FPL_OK ? call_emit(call, document, state->model, EXIT_ANSWERED)
                                : call_fail(call, &error);
    }
    free(lock);
    return code;
}

static int run(command_call *call)
{
    const own_options *own = call->line.values;
    roadmap_state state;
    int code = roadmap_open(call, &own->roadmap, false, &state);
    if (code == 0) code = show(call, &state);
    roadmap_close(&state);
    return code;
}

const command_row command_loops = {
    .name = "loops",
    .arguments = N_("MODEL"),
    .summary = N_("what feeds on itself: loops, traps, claims, levels that stay"),
    .description = N_(
        "The loops of influence, and those that the model names held against the "
        "judgements. Traps: variants that hold each other whatever the others do. "
        "Claims, in "
        "every row of the roadmap: does what is claimed make itself true? Lock-in: in "
        "which "
        "rows a level stays although another one is their default.\n"
        "To test a claim, succession settles in the row; then what the claim names is "
        "held "
        "as it says, and succession settles again; then it is let go."),
    .options = rows,
    .values_size = sizeof(own_options),
    .shared = SHARE_RESULT | SHARE_SEARCH | SHARE_SEED,
    .least = 1,
    .most = 1,
    .run = run,
};
