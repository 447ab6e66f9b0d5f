/* run: the main job. From a model file to the roadmap on the screen. */
#include "commands.h"
#include "query.h"

#include <stdio.h>

typedef struct run_options {
    real tension;
} run_options;

static const option_row rows[] = {
    {"tension", 0, OPTION_REAL, offsetof(run_options, tension), N_("T"),
     N_("test the gates only in rows whose tension is at most T; rows beyond are "
        "bracketed"),
     N_("gates: all rows; brackets: beyond the scale"), NULL, 0, 1e9},
    {0},
};

/* A first look does not explore more of the roadmap graph than this, nor look longer for levers. */
enum { SITUATIONS = 512, LEVERS_MS = 500, GOALS = 2 };

typedef struct goal {
    char text[512];
    fpl_formula *formula;
    fpl_levers *levers;
} goal;

typedef struct study {
    fpl_scenarios *scenarios;
    fpl_roadmap *roadmap;
    fpl_gate_verdicts *verdicts;
    fpl_graph *graph;
    goal goals[GOALS]; /* deeper, no deeper */
    int n_goals;
} study;

static void release(study *s)
{
    for (int g = 0; g < GOALS; g++) {
        fpl_levers_free(s->goals[g].levers);
        fpl_formula_free(s->goals[g].formula);
    }
    fpl_graph_free(s->graph);
    fpl_gate_verdicts_free(s->verdicts);
    fpl_roadmap_free(s->roadmap);
    fpl_scenarios_free(s->scenarios);
}

static bool has_levers(const fpl_model *model)
{
    const int level = fpl_model_level(model);
    for (int d = 0; d < fpl_model_n_descriptors(model); d++)
        if (d != level &&
            fpl_model_content(model)->descriptors.items[d].kind == FPL_CHOICE)
            return fpl_model_is_ordered(model, level);
    return false;
}

/* What would hold the present level, and what would hold a deeper one, in the present row. */
static fpl_status find_levers(const fpl_model *model, const fpl_limits *limits, study *s,
                              fpl_error *error)
{
    static const char *const relations[GOALS] = {"<=", ">"};
    const int level = fpl_model_level(model);
    const uint16_t *start = fpl_roadmap_start(s->roadmap);
    const int n_row = fpl_roadmap_n_drivers(s->roadmap);
    fpl_fixing row[FPL_DESCRIPTORS_MAX];
    fpl_status status = FPL_OK;
    fpl_limits own = *limits;
    own.cap = 0;
    if (own.time_ms == 0 || own.time_ms > LEVERS_MS) own.time_ms = LEVERS_MS;
    for (int i = 0; i < n_row; i++) {
        const uint16_t d = fpl_roadmap_drivers(s->roadmap)[i];
        row[i] = (fpl_fixing){d, start[d]};
    }
    for (int g = 0; g < GOALS && status == FPL_OK && has_levers(model); g++) {
        goal *at = &s->goals[g];
        snprintf(at->text, sizeof at->text, "%s%s%s",
                 fpl_model_descriptor_id(model, level), relations[g],
                 fpl_model_variant_id(model, level, start[level]));
        status = fpl_formula_parse(model, at->text, &at->formula, error);
        if (status != FPL_OK) break;
        const fpl_lever_options options = {
            .goal = at->formula, .row = row, .n_row = n_row};
        status = fpl_levers_compute(model, &options, &own, &at->levers, error);
        if (status == FPL_OK) s->n_goals++;
    }
    return status;
}

static fpl_status compute(command_call *call, const fpl_model *model,
                          const fpl_gate_options *options, study *s, fpl_error *error)
{
    fpl_limits limits;
    call_limits(call, &limits);
    fpl_status status = fpl_scenarios_collect(model, NULL, &limits, &s->scenarios, error);
    if (status != FPL_OK || fpl_model_level(model) < 0) return status;
    status = fpl_roadmap_compute(model, NULL, &limits, &s->roadmap, error);
    if (status != FPL_OK) return status;
    status = fpl_gates_verify(model, s->roadmap, options, &limits, &s->verdicts, error);
    if (status != FPL_OK) return status;
    limits.cap = SITUATIONS;
    status = fpl_graph_make(s->roadmap, NULL, &limits, &s->graph, error);
    return status != FPL_OK ? status : find_levers(model, &limits, s, error);
}

static int run(command_call *call)
{
    const run_options *own = call->line.values;
    fpl_model *model = NULL;
    fpl_document *document = NULL;
    fpl_error error = call_error();
    study s = {0};
    int code = call_load(call, call->line.arguments[0], &model);
    if (code != 0) return code;
    const fpl_gate_options gates = {.use_max_tension = own->tension.given,
                                    .max_tension = in_units(&own->tension, model)};
    fpl_run result = {.plausible = gates.use_max_tension ? gates.max_tension
                                                         : fpl_model_scale(model)};
    fpl_status status = compute(call, model, &gates, &s, &error);
    if (status == FPL_OK) {
        result.scenarios = s.scenarios;
        result.roadmap = s.roadmap;
        result.verdicts = s.verdicts;
        result.graph = s.graph;
        fpl_run_goal goals[GOALS];
        for (int g = 0; g < s.n_goals; g++)
            goals[g] = (fpl_run_goal){s.goals[g].text, s.goals[g].levers};
        result.goals = goals;
        result.n_goals = s.n_goals;
        status = fpl_result_run(model, &result, &call->words, &document, &error);
    }
    code = status == FPL_OK ? call_emit(call, document, model, EXIT_ANSWERED)
                            : call_fail(call, &error);
    release(&s);
    fpl_model_free(model);
    return code;
}

const command_row command_run = {
    .name = "run",
    .arguments = N_("MODEL"),
    .summary = N_("the main job: what the model says, up to its roadmap"),
    .description = N_(
        "Show what MODEL holds, its consistent scenarios, the ladder of levels with "
        "their "
        "measures, the roadmap and the verdicts on the gates.\n"
        "The roadmap has a row for each combination of the drivers. Its default is the "
        "level "
        "where succession settles, worst tension first, from the start that the model "
        "states; a "
        "level is possible if some completion of the row has it, and necessary if every "
        "one has "
        "it. The tension of a row says how far the row is from being a world by itself."),
    .options = rows,
    .values_size = sizeof(run_options),
    .shared = SHARE_RESULT | SHARE_SEARCH,
    .least = 1,
    .most = 1,
    .run = run,
};
