/* levers: what to hold so that a goal is reached. */
#include "commands.h"
#include "dynamics.h"
#include "query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct lever_options {
    dynamics_options dynamics;
    const char *goal;
    bool prevent;
    int strength; /* 0: necessary; then 1 + fpl_strength */
    texts row;
    bool rows;
    const char *control;
    const char *actor;
    texts cost;
    whole size;
    bool self_consistent;
    bool release;
    const char *from;
} lever_options;

static const char *const strength_words[] = {"necessary", "possible", "attained",
                                             "guaranteed", NULL};

static const option_row rows[] = {
    {"goal", 'g', OPTION_TEXT, offsetof(lever_options, goal), N_("FORMULA"),
     N_("what is to be reached, such as \"LEVEL<=L2\"; must be given"), NULL, NULL, 0, 0},
    {"prevent", 0, OPTION_FLAG, offsetof(lever_options, prevent), NULL,
     N_("the opposite: the formula is to become false"), NULL, NULL, 0, 0},
    {"strength", 's', OPTION_WORD, offsetof(lever_options, strength), N_("STRENGTH"),
     N_("how surely: necessary, all completions reach it; possible, some does; attained, "
        "succession from the start ends in it; guaranteed, so does every order"),
     "necessary", strength_words, 0, 0},
    {"row", 0, OPTION_TEXTS, offsetof(lever_options, row), N_("DESCRIPTOR=VARIANT"),
     N_("held in any case, such as the drivers' situation; may be repeated, or list "
        "several "
        "with commas"),
     N_("nothing"), NULL, 0, 0},
    {"rows", 0, OPTION_FLAG, offsetof(lever_options, rows), NULL,
     N_("each row of the roadmap in turn"), NULL, NULL, 0, 0},
    {"control", 'c', OPTION_TEXT, offsetof(lever_options, control), N_("DESCRIPTOR,..."),
     N_("what can be held"), N_("all choices that the goal does not name"), NULL, 0, 0},
    {"actor", 0, OPTION_TEXT, offsetof(lever_options, actor), N_("ACTOR"),
     N_("what this actor can hold: its choices that the goal does not name"), NULL, NULL,
     0, 0},
    {"cost", 0, OPTION_TEXTS, offsetof(lever_options, cost), N_("DESCRIPTOR=N"),
     N_("what it costs to hold a descriptor; to keep the start's variant costs nothing"),
     "1", NULL, 0, 0},
    {"size", 0, OPTION_NUMBER, offsetof(lever_options, size), N_("N"),
     N_("hold up to N descriptors at once"), "2", NULL, 1, FPL_LEVER_MOST},
    {"self-consistent", 0, OPTION_FLAG, offsetof(lever_options, self_consistent), NULL,
     N_("only sets whose own tension is 0"), NULL, NULL, 0, 0},
    {"release", 0, OPTION_FLAG, offsetof(lever_options, release), NULL,
     N_("attained: then let go, and settle again"), NULL, NULL, 0, 0},
    {"from", 0, OPTION_TEXT, offsetof(lever_options, from), N_("SCENARIO"),
     N_("where succession starts: the number of a consistent scenario, or "
        "DESCRIPTOR=VARIANT,... over the start"),
     N_("the model's start"), NULL, 0, 0},
    DYNAMICS_ROWS_FREE(rule_words, "local"),
    {0},
};

typedef struct lever_state { /* what the options borrow */
    fpl_formula *goal;
    fpl_fixing *row;
    bool *controllable;
    int64_t *costs;
    uint16_t *start;
} lever_state;

static void release(lever_state *state)
{
    fpl_formula_free(state->goal);
    free(state->row);
    free(state->controllable);
    free(state->costs);
    free(state->start);
}

/* ---- options ------------------------------------------------------------------------------- */

static int parse_goal(const lever_options *own, const fpl_model *model,
                      fpl_formula **goal)
{
    if (own->goal == NULL)
        return message_misuse(tr("levers needs a goal: --goal FORMULA, such as --goal "
                                 "\"LEVEL<=L2\""));
    return formula_parse("--goal", own->goal, model, goal);
}

/* Whom the goal names is not held unless asked for: a goal is not reached by decree. */
static int control_actor(const lever_options *own, const fpl_model *model,
                         lever_state *state)
{
    const fpl_content *content = fpl_model_content(model);
    const size_t n = (size_t)content->descriptors.n;
    int actor = 0, n_controls = 0;
    bool *named = calloc(n, sizeof *named);
    if (named == NULL) return EXIT_FAULT;
    fpl_formula_mark_descriptors(state->goal, named);
    while (actor < content->actors.n &&
           strcmp(content->actors.items[actor].id, own->actor) != 0)
        actor++;
    for (size_t d = 0; d < n; d++) {
        const fpl_descriptor *descriptor = &content->descriptors.items[d];
        state->controllable[d] = descriptor->kind == FPL_CHOICE &&
                                 descriptor->actor.id != NULL && !named[d] &&
                                 strcmp(descriptor->actor.id, own->actor) == 0;
        n_controls += state->controllable[d];
    }
    free(named);
    if (actor == content->actors.n)
        return message_misuse(tr("--actor: there is no actor '%s'"), own->actor);
    if (n_controls == 0)
        return message_misuse(tr("--actor: '%s' has no choice but what the goal names"),
                              own->actor);
    return 0;
}

static int choose_controls(const lever_options *own, const fpl_model *model,
                           lever_state *state)
{
    if (own->control == NULL && own->actor == NULL) return 0;
    if (own->control != NULL && own->actor != NULL)
        return message_misuse(tr("--control and --actor exclude each other"));
    state->controllable = calloc((size_t)fpl_model_n_descriptors(model),
                                 sizeof *state->controllable);
    if (state->controllable == NULL) return EXIT_FAULT;
    return own->actor != NULL
               ? control_actor(own, model, state)
               : descriptors_parse("--control", own->control, model, state->controllable);
}

static int parse_cost(const char *text, const fpl_model *model, int64_t *costs)
{
    const char *equals = strchr(text, '=');
    char *end = NULL;
    const long long cost = equals == NULL ? -1 : strtoll(equals + 1, &end, 10);
    if (equals == NULL || end == equals + 1 || *end != '\0' || cost < 0 ||
        cost > 1000000000)
        return message_misuse(
            tr("--cost: '%s' is not of the form DESCRIPTOR=N with N from 0 "
               "to 1000000000"),
            text);
    char *name = strndup(text, (size_t)(equals - text));
    if (name == NULL) return EXIT_FAULT;
    const int d = fpl_model_find_descriptor(model, name);
    if (d < 0) message_misuse(tr("%s: there is no descriptor '%s'"), "--cost", name);
    free(name);
    if (d < 0) return EXIT_MISUSE;
    costs[d] = cost;
    return 0;
}

static int make_costs(const lever_options *own, const fpl_model *model,
                      lever_state *state)
{
    const int n = fpl_model_n_descriptors(model);
    int code = 0;
    if (own->cost.n == 0) return 0;
    state->costs = calloc((size_t)n, sizeof *state->costs);
    if (state->costs == NULL) return EXIT_FAULT;
    for (int d = 0; d < n; d++) state->costs[d] = 1;
    for (int i = 0; i < own->cost.n && code == 0; i++) {
        char *copy = strdup(own->cost.items[i]), *rest = NULL;
        if (copy == NULL) return EXIT_FAULT;
        for (char *piece = strtok_r(copy, ", ", &rest); piece != NULL && code == 0;
             piece = strtok_r(NULL, ", ", &rest))
            code = parse_cost(piece, model, state->costs);
        free(copy);
    }
    return code;
}

static int make_start(command_call *call, const fpl_model *model, lever_state *state)
{
    const lever_options *own = call->line.values;
    char title[256];
    if (own->from == NULL) return 0;
    state->start = calloc((size_t)fpl_model_n_descriptors(model), sizeof *state->start);
    if (state->start == NULL) return EXIT_FAULT;
    return scenario_choose(call, "--from", own->from, model, state->start, title,
                           sizeof title);
}

/* What is held cannot be a lever too: say so where somebody asked for it. */
static int check_controls(const fpl_model *model, const fpl_lever_options *o)
{
    for (int i = 0; i < o->n_row; i++)
        if (o->controllable != NULL && o->controllable[o->row[i].descriptor])
            return message_misuse(tr("'%s' is held by --row, so it cannot be a lever"),
                                  fpl_model_descriptor_id(model, o->row[i].descriptor));
    return 0;
}

static int make_options(command_call *call, const fpl_model *model, fpl_lever_options *o,
                        lever_state *state)
{
    const lever_options *own = call->line.values;
    memset(state, 0, sizeof *state);
    if (own->rows && own->row.n > 0)
        return message_misuse(tr("--row and --rows exclude each other"));
    int code = parse_goal(own, model, &state->goal);
    for (int i = 0; i < own->row.n && code == 0; i++)
        code = settings_parse("--row", own->row.items[i], model, &state->row, &o->n_row);
    if (code == 0) code = choose_controls(own, model, state);
    if (code == 0) code = make_costs(own, model, state);
    if (code == 0) code = make_start(call, model, state);
    o->goal = state->goal;
    o->prevent = own->prevent;
    o->strength = own->strength == 0 ? FPL_STRENGTH_NECESSARY
                                     : (fpl_strength)(own->strength - 1);
    o->row = state->row;
    o->controllable = state->controllable;
    o->costs = state->costs;
    o->start = state->start;
    o->max_size = own->size.given ? (int)own->size.value : 2;
    o->self_consistent = own->self_consistent;
    o->release = own->release;
    if (code == 0 && o->release && o->strength != FPL_STRENGTH_ATTAINED)
        code = message_misuse(tr("--release goes with --strength attained"));
    return code == 0 ? check_controls(model, o) : code;
}

/* ---- answers ------------------------------------------------------------------------------- */

static int answer(command_call *call, const fpl_model *model, const fpl_levers_view *view)
{
    fpl_document *document = NULL;
    fpl_error error = call_error();
    const fpl_status status = fpl_result_levers(model, view, &call->words, &document,
                                                &error);
    return status == FPL_OK ? call_emit(call, document, model, EXIT_ANSWERED)
                            : call_fail(call, &error);
}

static int answer_one(command_call *call, const fpl_model *model,
                      const fpl_lever_options *options)
{
    const lever_options *own = call->line.values;
    fpl_limits limits;
    fpl_levers *levers = NULL;
    fpl_error error = call_error();
    call_limits(call, &limits);
    if (fpl_levers_compute(model, options, &limits, &levers, &error) != FPL_OK)
        return call_fail(call, &error);
    const fpl_lever_row row = {options->row, options->n_row, levers};
    const fpl_levers_view view = {options, own->goal, &row, 1};
    const int code = answer(call, model, &view);
    fpl_levers_free(levers);
    return code;
}

/* One row of the roadmap held: its drivers as fixings, of the caller's memory. */
static int answer_row(command_call *call, const fpl_model *model,
                      const fpl_roadmap *roadmap, size_t index,
                      const fpl_lever_options *options, fpl_fixing *held,
                      fpl_lever_row *row, fpl_levers **levers)
{
    fpl_limits limits;
    fpl_error error = call_error();
    fpl_lever_options own = *options;
    for (int i = 0; i < fpl_roadmap_n_drivers(roadmap); i++)
        held[i] = (fpl_fixing){fpl_roadmap_drivers(roadmap)[i],
                               fpl_roadmap_row(roadmap, index)->drivers[i]};
    own.row = held;
    own.n_row = fpl_roadmap_n_drivers(roadmap);
    call_limits(call, &limits);
    const int code = check_controls(model, &own);
    if (code != 0) return code;
    if (fpl_levers_compute(model, &own, &limits, levers, &error) != FPL_OK)
        return call_fail(call, &error);
    *row = (fpl_lever_row){held, own.n_row, *levers};
    return 0;
}

static int answer_rows(command_call *call, const fpl_model *model,
                       const fpl_roadmap *roadmap, const fpl_lever_options *options)
{
    const lever_options *own = call->line.values;
    const size_t n = fpl_roadmap_n_rows(roadmap);
    const size_t m = (size_t)fpl_roadmap_n_drivers(roadmap);
    fpl_fixing *held = calloc(n * m + 1, sizeof *held);
    fpl_lever_row *all = calloc(n, sizeof *all);
    fpl_levers **levers = calloc(n, sizeof *levers);
    int code = held == NULL || all == NULL || levers == NULL ? EXIT_FAULT : 0;
    for (size_t r = 0; r < n && code == 0; r++)
        code = answer_row(call, model, roadmap, r, options, held + r * m, &all[r],
                          &levers[r]);
    const fpl_levers_view view = {options, own->goal, all, n};
    if (code == 0) code = answer(call, model, &view);
    for (size_t r = 0; levers != NULL && r < n; r++) fpl_levers_free(levers[r]);
    free(held);
    free(all);
    free(levers);
    return code;
}

static int answer_roadmap(command_call *call, const fpl_model *model,
                          const fpl_lever_options *options)
{
    fpl_limits limits;
    fpl_roadmap *roadmap = NULL;
    fpl_error error = call_error();
    call_limits(call, &limits);
    if (fpl_roadmap_compute(model, NULL, &limits, &roadmap, &error) != FPL_OK)
        return call_fail(call, &error);
    const int code = answer_rows(call, model, roadmap, options);
    fpl_roadmap_free(roadmap);
    return code;
}

static int run(command_call *call)
{
    const lever_options *own = call->line.values;
    fpl_model *model = NULL;
    fpl_lever_options options = {0};
    lever_state state;
    dynamics_state dynamics = {0};
    int code = call_load(call, call->line.arguments[0], &model);
    if (code != 0) return code;
    code = make_options(call, model, &options, &state);
    if (code == 0)
        code = dynamics_make(&own->dynamics, call, model, FPL_SUCCESSION_LOCAL,
                             &options.dynamics, &dynamics);
    if (code == 0)
        code = own->rows ? answer_roadmap(call, model, &options)
                         : answer_one(call, model, &options);
    dynamics_release(&dynamics);
    release(&state);
    fpl_model_free(model);
    return code;
}

const command_row command_levers = {
    .name = "levers",
    .arguments = N_("MODEL"),
    .summary = N_("what to hold so that a goal is reached"),
    .description = N_(
        "Which variants of controllable descriptors must be held from outside so that a "
        "goal is reached: all smallest sets, the cheapest first. No part of a set shown "
        "does it alone. Each comes with its own tension (how much the model objects to "
        "what is held; 0: it would hold by itself), the number of completions that reach "
        "the goal, and a witness. Where there is none, what comes nearest is shown with "
        "a "
        "counterexample.\n"
        "The strengths: necessary, there are completions and all of them reach the goal; "
        "possible, some completion does; attained, succession from the start ends in it, "
        "with --release also after the set is let go; guaranteed, every order of single "
        "moves ends in it."),
    .options = rows,
    .values_size = sizeof(lever_options),
    .shared = SHARE_RESULT | SHARE_SEARCH | SHARE_SEED,
    .least = 1,
    .most = 1,
    .run = run,
};
