/* path: chains of events. */
#include "commands.h"
#include "query.h"
#include "roadmap.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct own_options {
    roadmap_options roadmap;
    const char *to;
    bool forget;
    bool all;
} own_options;

static const option_row rows[] = {
    ROADMAP_ROWS(N_("rows of more tension are not entered")),
    {"to", 0, OPTION_TEXT, offsetof(own_options, to), N_("FORMULA"),
     N_("show the cheapest chains of moves to a situation with this, such as "
        "\"LEVEL>=L3\""),
     NULL, NULL, 0, 0},
    {"forget", 0, OPTION_FLAG, offsetof(own_options, forget), NULL,
     N_("leave stickiness, moves that never happen and lags out of account; otherwise "
        "they "
        "are in force on the way"),
     NULL, NULL, 0, 0},
    {"all", 0, OPTION_FLAG, offsetof(own_options, all), NULL,
     N_("begin in every completion of every row as well, not in the present alone"), NULL,
     NULL, 0, 0},
    {0},
};

static fpl_status make_graph(command_call *call, const roadmap_state *state,
                             const fpl_dynamics *dynamics, fpl_graph **graph,
                             fpl_error *error)
{
    const own_options *own = call->line.values;
    const fpl_graph_options options = {.all = own->all,
                                       .use_max_tension = state->use_max_tension,
                                       .max_tension = state->max_tension,
                                       .dynamics = *dynamics};
    fpl_limits limits;
    call_limits(call, &limits);
    limits.cap = 0; /* --limit is about chains */
    return fpl_graph_make(state->roadmap, &options, &limits, graph, error);
}

/* The fewest moves to each level; memory of the caller. */
static fpl_status measure_levels(const roadmap_state *state, const fpl_graph *graph,
                                 int *moves, fpl_error *error)
{
    const int level = fpl_model_level(state->model);
    fpl_status status = FPL_OK;
    for (int k = 0; k < fpl_model_n_variants(state->model, level) && status == FPL_OK;
         k++) {
        char text[512];
        fpl_formula *goal = NULL;
        fpl_chains *chains = NULL;
        snprintf(text, sizeof text, "%s=%s", fpl_model_descriptor_id(state->model, level),
                 fpl_model_variant_id(state->model, level, k));
        status = fpl_formula_parse(state->model, text, &goal, error);
        if (status == FPL_OK) status = fpl_chains_find(graph, goal, NULL, &chains, error);
        if (status == FPL_OK) moves[k] = fpl_chains_length(chains);
        fpl_chains_free(chains);
        fpl_formula_free(goal);
    }
    return status;
}

static int show(command_call *call, const roadmap_state *state)
{
    const own_options *own = call->line.values;
    fpl_formula *goal = NULL;
    fpl_graph *graph = NULL;
    fpl_chains *chains = NULL;
    fpl_document *document = NULL;
    fpl_error error = call_error();
    fpl_limits limits;
    int moves[FPL_VARIANTS_MAX];
    fpl_dynamics dynamics = state->options.dynamics;
    dynamics.memory = !own->forget;
    call_limits(call, &limits);
    int code = own->to == NULL ? 0 : formula_parse("--to", own->to, state->model, &goal);
    if (code != 0) return code;
    fpl_status status = make_graph(call, state, &dynamics, &graph, &error);
    if (status == FPL_OK)
        status = goal != NULL ? fpl_chains_find(graph, goal, &limits, &chains, &error)
                              : measure_levels(state, graph, moves, &error);
    const fpl_path_view view = {.roadmap = state->roadmap,
                                .dynamics = &dynamics,
                                .graph = graph,
                                .chains = chains,
                                .goal = own->to,
                                .moves_to_level = moves};
    if (status == FPL_OK)
        status = fpl_result_path(state->model, &view, &call->words, &document, &error);
    code = status == FPL_OK ? call_emit(call, document, state->model, EXIT_ANSWERED)
                            : call_fail(call, &error);
    fpl_chains_free(chains);
    fpl_graph_free(graph);
    fpl_formula_free(goal);
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

const command_row command_path = {
    .name = "path",
    .arguments = N_("MODEL"),
    .summary = N_("chains of events: what is one move away, what cannot be undone"),
    .description = N_(
        "The roadmap as a graph. A move changes one driver, to a neighbouring variant if "
        "it is ordered; then succession settles with the drivers held, and memory is in "
        "force. Without --to: what each move from the present brings, how many moves "
        "each "
        "level is away, ratchets (the reverse move does not restore the level) and "
        "points "
        "of no return (no chain leads back).\n"
        "With --to: the chains with the fewest moves, step by step."),
    .options = rows,
    .values_size = sizeof(own_options),
    .shared = SHARE_RESULT | SHARE_SEARCH | SHARE_SEED,
    .least = 1,
    .most = 1,
    .run = run,
};
