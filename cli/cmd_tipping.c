/* tipping: how far the present is from becoming something else. */
#include "commands.h"
#include "dynamics.h"
#include "query.h"

#include <stdio.h>
#include <stdlib.h>

/* Of more scenarios the distance of the state is worked out for the chosen one only. */
enum { STATES_MOST = 200 };

typedef struct tipping_options {
    dynamics_options dynamics;
    const char *scenario;
    const char *level;
    whole size;
} tipping_options;

static const option_row rows[] = {
    {"scenario", 's', OPTION_TEXT, offsetof(tipping_options, scenario), N_("SCENARIO"),
     N_("which one: the number of a consistent scenario, or DESCRIPTOR=VARIANT,... over "
        "the "
        "start"),
     N_("the model's start"), NULL, 0, 0},
    {"level", 0, OPTION_TEXT, offsetof(tipping_options, level), N_("LEVEL"),
     N_("drivers: look for the nearest row where this level is possible"),
     N_("another default"), NULL, 0, 0},
    {"size", 0, OPTION_NUMBER, offsetof(tipping_options, size), N_("N"),
     N_("state: change up to N descriptors at once"), "2", NULL, 1, FPL_CHANGES_MAX},
    DYNAMICS_ROWS_FREE(rule_words, "local"),
    {0},
};

/* All that is computed; released together. */
typedef struct findings {
    fpl_roadmap *roadmap;
    fpl_driver_tipping drivers;
    fpl_state_tipping *states;
    fpl_judgement_tippings *judgements;
    fpl_scenarios *scenarios;
    size_t n;
    fpl_state_tipping **all_states;
    fpl_judgement_tippings **all_judgements;
    fpl_stop stop;
} findings;

static void release(findings *f)
{
    for (size_t i = 0; i < f->n; i++) {
        if (f->all_states != NULL) fpl_state_tipping_free(f->all_states[i]);
        if (f->all_judgements != NULL) fpl_judgement_tippings_free(f->all_judgements[i]);
    }
    free(f->all_states);
    free(f->all_judgements);
    fpl_scenarios_free(f->scenarios);
    fpl_judgement_tippings_free(f->judgements);
    fpl_state_tipping_free(f->states);
    fpl_driver_tipping_clear(&f->drivers);
    fpl_roadmap_free(f->roadmap);
}

static void note(findings *f, fpl_stop stop)
{
    if (f->stop == FPL_COMPLETE) f->stop = stop;
}

static fpl_status ask_drivers(const fpl_model *model, const uint16_t *z, int level,
                              const fpl_state_options *options, const fpl_limits *limits,
                              findings *f, fpl_error *error)
{
    const fpl_roadmap_options own = {.start = z, .dynamics = options->dynamics};
    if (fpl_model_level(model) < 0) return FPL_OK;
    fpl_status status = fpl_roadmap_compute(model, &own, limits, &f->roadmap, error);
    if (status != FPL_OK) return status;
    note(f, fpl_roadmap_stop(f->roadmap));
    return fpl_driver_tipping_find(model, f->roadmap, z, level, &f->drivers, error);
}

static fpl_status ask_one(const fpl_model *model, const uint16_t *z,
                          const fpl_state_options *options, const fpl_limits *limits,
                          findings *f, fpl_error *error)
{
    fpl_status status = fpl_state_tipping_find(model, z, options, limits, &f->states,
                                               error);
    if (status != FPL_OK) return status;
    note(f, fpl_state_tipping_stop(f->states));
    return fpl_judgement_tipping_find(model, z, &f->judgements, error);
}

static fpl_status ask_all(const fpl_model *model, const fpl_state_options *options,
                          const fpl_limits *limits, findings *f, fpl_error *error)
{
    fpl_limits one = *limits;
    fpl_status status = fpl_scenarios_collect(model, NULL, limits, &f->scenarios, error);
    if (status != FPL_OK) return status;
    one.cap = 1; /* the distance is enough */
    note(f, fpl_scenarios_outcome(f->scenarios)->stop);
    const size_t n = fpl_scenarios_n(f->scenarios);
    f->all_judgements = calloc(n + 1, sizeof(fpl_judgement_tippings *));
    if (n <= STATES_MOST) f->all_states = calloc(n + 1, sizeof(fpl_state_tipping *));
    if (f->all_judgements == NULL || (n <= STATES_MOST && f->all_states == NULL))
        return FPL_E_MEMORY;
    f->n = n;
    for (size_t i = 0; i < n && status == FPL_OK; i++) {
        const uint16_t *z = fpl_scenarios_get(f->scenarios, i);
        status = fpl_judgement_tipping_find(model, z, &f->all_judgements[i], error);
        if (status != FPL_OK || f->all_states == NULL) continue;
        status = fpl_state_tipping_find(model, z, options, &one, &f->all_states[i],
                                        error);
        if (status != FPL_OK) continue;
        const fpl_stop stop = fpl_state_tipping_stop(f->all_states[i]);
        if (stop != FPL_STOPPED_CAP) note(f, stop);
    }
    return status;
}

static int answer(command_call *call, const fpl_model *model, const uint16_t *z,
                  const char *title, int level, const fpl_state_options *options)
{
    fpl_limits limits;
    findings f = {0};
    fpl_document *document = NULL;
    fpl_error error = call_error();
    call_limits(call, &limits);
    fpl_status status = ask_drivers(model, z, level, options, &limits, &f, &error);
    if (status == FPL_OK) status = ask_one(model, z, options, &limits, &f, &error);
    if (status == FPL_OK) status = ask_all(model, options, &limits, &f, &error);
    if (status == FPL_OK) {
        const fpl_tipping_view view = {
            .z = z,
            .title = title,
            .level = level,
            .state_options = options,
            .roadmap = f.roadmap,
            .drivers = &f.drivers,
            .states = f.states,
            .judgements = f.judgements,
            .scenarios = f.scenarios,
            .all_states = (const fpl_state_tipping *const *)f.all_states,
            .all_judgements = (const fpl_judgement_tippings *const *)f.all_judgements,
            .stop = f.stop};
        status = fpl_result_tipping(model, &view, &call->words, &document, &error);
    }
    const int code = status == FPL_OK ? call_emit(call, document, model, EXIT_ANSWERED)
                                      : call_fail(call, &error);
    release(&f);
    return code;
}

/* -1: not asked for. */
static int find_level(const tipping_options *own, const fpl_model *model, int *level)
{
    const int d = fpl_model_level(model);
    *level = -1;
    if (own->level == NULL) return 0;
    if (d < 0) return message_misuse(tr("--level: the model names no level"));
    *level = fpl_model_find_variant(model, d, own->level);
    if (*level >= 0) return 0;
    return message_misuse(
        tr("--level: there is no level '%s'; the model has %s to %s"), own->level,
        fpl_model_variant_id(model, d, 0),
        fpl_model_variant_id(model, d, fpl_model_n_variants(model, d) - 1));
}

static int tip(command_call *call, const fpl_model *model, uint16_t *z)
{
    const tipping_options *own = call->line.values;
    char title[256];
    int level = -1;
    dynamics_state state = {0};
    fpl_state_options options = {.max_changes = own->size.given ? (int)own->size.value
                                                                : 2};
    int code = find_level(own, model, &level);
    if (code == 0)
        code = scenario_choose(call, "--scenario", own->scenario, model, z, title,
                               sizeof title);
    if (code == 0)
        code = dynamics_make(&own->dynamics, call, model, FPL_SUCCESSION_LOCAL,
                             &options.dynamics, &state);
    if (code == 0) code = answer(call, model, z, title, level, &options);
    dynamics_release(&state);
    return code;
}

static int run(command_call *call)
{
    fpl_model *model = NULL;
    int code = call_load(call, call->line.arguments[0], &model);
    if (code != 0) return code;
    uint16_t *z = calloc((size_t)fpl_model_n_descriptors(model), sizeof *z);
    code = z == NULL ? EXIT_FAULT : tip(call, model, z);
    free(z);
    fpl_model_free(model);
    return code;
}

const command_row command_tipping = {
    .name = "tipping",
    .arguments = N_("MODEL"),
    .summary = N_("how far a scenario is from becoming something else"),
    .description = N_(
        "Three distances of a scenario, each with what covers it. Drivers: the fewest "
        "one-step moves to a row of the roadmap with another default, or where a level "
        "is "
        "possible. State: the fewest descriptors to change at once so that succession "
        "leads elsewhere. Judgements: the cheapest change of judgements that makes it "
        "inconsistent, or consistent if it is not; a point of a judgement has the price "
        "of its grade. A table has the distances of all consistent scenarios."),
    .options = rows,
    .values_size = sizeof(tipping_options),
    .shared = SHARE_RESULT | SHARE_SEARCH | SHARE_SEED,
    .least = 1,
    .most = 1,
    .run = run,
};
