/* signposts: what to watch. */
#include "commands.h"
#include "query.h"
#include "roadmap.h"

#include <stdio.h>

typedef struct own_options {
    roadmap_options roadmap;
    const char *goal;
    real threshold;
    bool questions;
} own_options;

static const option_row rows[] = {
    ROADMAP_ROWS(N_("only rows of at most this tension count")),
    {"goal", 'g', OPTION_TEXT, offsetof(own_options, goal), N_("FORMULA"),
     N_("of what reports are to tell, such as \"LEVEL>=L3\""),
     N_("a level beyond that of the start"), NULL, 0, 0},
    {"threshold", 0, OPTION_REAL, offsetof(own_options, threshold), N_("P"),
     N_("a report is a trigger if it moves the probability of the goal across P"), "0.5",
     NULL, 0, 1},
    {"questions", 0, OPTION_FLAG, offsetof(own_options, questions), NULL,
     N_("show the signposts as questions that a forecasting site could take"), NULL, NULL,
     0, 0},
    {0},
};

/* Beyond the level of the start; where it is the last one, or levels have no order: another level. */
static void usual_goal(const roadmap_state *state, char *text, size_t size)
{
    const fpl_model *m = state->model;
    const int level = fpl_model_level(m);
    const int now = fpl_roadmap_start(state->roadmap)[level];
    const bool beyond = fpl_model_is_ordered(m, level) &&
                        now + 1 < fpl_model_n_variants(m, level);
    snprintf(text, size, "%s%s%s", fpl_model_descriptor_id(m, level),
             beyond ? ">" : "!=", fpl_model_variant_id(m, level, now));
}

typedef struct parts {
    fpl_answers *answers;
    fpl_watch_list *watch;
    fpl_scenarios *scenarios;
    fpl_diagnoses *diagnoses;
} parts;

static fpl_status compute(command_call *call, const roadmap_state *state,
                          const fpl_formula *goal, double threshold, parts *p,
                          fpl_error *error)
{
    const fpl_answer_options options = {.use_max_tension = state->use_max_tension,
                                        .max_tension = state->max_tension};
    fpl_limits limits;
    call_limits(call, &limits);
    fpl_status status = fpl_answers_find(state->roadmap, &options, &p->answers, error);
    if (status == FPL_OK) status = fpl_watch_list_make(p->answers, &p->watch, error);
    if (status == FPL_OK)
        status = fpl_scenarios_collect(state->model, NULL, &limits, &p->scenarios, error);
    if (status == FPL_OK && fpl_scenarios_n(p->scenarios) > 0)
        status = fpl_signposts_diagnose(state->model, p->scenarios, goal, threshold,
                                        &p->diagnoses, error);
    return status;
}

static int show(command_call *call, const roadmap_state *state)
{
    const own_options *own = call->line.values;
    char usual[512];
    fpl_formula *goal = NULL;
    fpl_document *document = NULL;
    fpl_error error = call_error();
    parts p = {0};
    usual_goal(state, usual, sizeof usual);
    fpl_signposts_view view = {.roadmap = state->roadmap,
                               .goal = own->goal == NULL ? usual : own->goal,
                               .threshold = own->threshold.given ? own->threshold.value
                                                                 : 0.5,
                               .questions = own->questions};
    int code = formula_parse("--goal", view.goal, state->model, &goal);
    if (code != 0) return code;
    fpl_status status = compute(call, state, goal, view.threshold, &p, &error);
    view.watch = p.watch;
    view.diagnoses = p.diagnoses;
    view.n_scenarios = p.scenarios == NULL ? 0 : fpl_scenarios_n(p.scenarios);
    if (status == FPL_OK)
        status = fpl_result_signposts(state->model, &view, &call->words, &document,
                                      &error);
    code = status == FPL_OK ? call_emit(call, document, state->model, EXIT_ANSWERED)
                            : call_fail(call, &error);
    fpl_diagnoses_free(p.diagnoses);
    fpl_scenarios_free(p.scenarios);
    fpl_watch_list_free(p.watch);
    fpl_answers_free(p.answers);
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

const command_row command_signposts = {
    .name = "signposts",
    .arguments = N_("MODEL"),
    .summary = N_("what to watch, and what a report would tell"),
    .description = N_(
        "The drivers that tell the answers of the roadmap apart, the smallest sets of "
        "them "
        "that are enough, and how many bits each adds.\n"
        "Then the signposts that the model states: how far a report moves the "
        "probability "
        "of a goal, how many bits it tells of it, and whether it is a trigger; and the "
        "same "
        "for every descriptor, as if it could be seen without error. Probabilities are "
        "shares of the consistent scenarios."),
    .options = rows,
    .values_size = sizeof(own_options),
    .shared = SHARE_RESULT | SHARE_SEARCH | SHARE_SEED,
    .least = 1,
    .most = 1,
    .run = run,
};
