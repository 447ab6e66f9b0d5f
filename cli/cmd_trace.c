/* trace: where a scenario goes, step by step. */
#include "commands.h"
#include "dynamics.h"
#include "query.h"

#include <stdlib.h>

typedef struct trace_options {
    dynamics_options dynamics;
    const char *from;
} trace_options;

static const option_row rows[] = {
    {"from", 0, OPTION_TEXT, offsetof(trace_options, from), N_("SCENARIO"),
     N_("where it begins: the number of a consistent scenario, or DESCRIPTOR=VARIANT,... "
        "over the start"),
     N_("the model's start"), NULL, 0, 0},
    DYNAMICS_ROWS(rule_words_all, "local"),
    {0},
};

static fpl_status follow(command_call *call, const fpl_model *model, const uint16_t *z,
                         const char *title, const fpl_dynamics *dynamics,
                         const dynamics_state *state, fpl_document **document,
                         fpl_error *error)
{
    fpl_limits limits;
    fpl_trace *trace = NULL;
    fpl_reach *reach = NULL;
    const fpl_trace_setting setting = {title, dynamics, state->held, state->n_held};
    call_limits(call, &limits);
    fpl_status status;
    if (state->asynchronous) {
        status = fpl_reach_compute(model, dynamics, state->held, state->n_held, z,
                                   &limits, &reach, error);
        if (status == FPL_OK)
            status = fpl_result_reach(model, &setting, reach, &call->words, document,
                                      error);
    } else {
        status = fpl_trace_compute(model, dynamics, state->held, state->n_held, z,
                                   &limits, &trace, error);
        if (status == FPL_OK)
            status = fpl_result_trace(model, &setting, trace, &call->words, document,
                                      error);
    }
    fpl_trace_free(trace);
    fpl_reach_free(reach);
    return status;
}

static int trace_from(command_call *call, const fpl_model *model, uint16_t *z)
{
    const trace_options *own = call->line.values;
    char title[256];
    fpl_dynamics dynamics;
    dynamics_state state;
    fpl_document *document = NULL;
    fpl_error error = call_error();
    int code = scenario_choose(call, "--from", own->from, model, z, title, sizeof title);
    if (code != 0) return code;
    code = dynamics_make(&own->dynamics, call, model, FPL_SUCCESSION_LOCAL, &dynamics,
                         &state);
    if (code != 0) return code;
    const fpl_status status = follow(call, model, z, title, &dynamics, &state, &document,
                                     &error);
    code = status == FPL_OK ? call_emit(call, document, model, EXIT_ANSWERED)
                            : call_fail(call, &error);
    dynamics_release(&state);
    return code;
}

static int run(command_call *call)
{
    fpl_model *model = NULL;
    int code = call_load(call, call->line.arguments[0], &model);
    if (code != 0) return code;
    uint16_t *z = calloc((size_t)fpl_model_n_descriptors(model), sizeof *z);
    code = z == NULL ? EXIT_FAULT : trace_from(call, model, z);
    free(z);
    fpl_model_free(model);
    return code;
}

const command_row command_trace = {
    .name = "trace",
    .arguments = N_("MODEL"),
    .summary = N_("where a scenario goes, step by step, and why"),
    .description = N_(
        "Follow the succession from a scenario to the scenario where it rests, or to "
        "the cycle in which it goes round: what moved in each step, how much it gained, "
        "and the strongest argument for the move.\n"
        "The rules: local, the descriptor with the largest tension moves; global, all "
        "move at once; incremental, the same, ordered ones by one variant; sequential, "
        "one after the other; random, the same in an order drawn anew for each step; "
        "adiabatic, the slower ones when the faster rest; asynchronous, everything that "
        "any order can reach, and where all orders end."),
    .options = rows,
    .values_size = sizeof(trace_options),
    .shared = SHARE_RESULT | SHARE_SEARCH | SHARE_SEED,
    .least = 1,
    .most = 1,
    .run = run,
};
