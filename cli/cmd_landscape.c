/* landscape: how far futures lie apart, and what moves one into another. */
#include "commands.h"
#include "dynamics.h"

#include <stdlib.h>

typedef struct landscape_options {
    dynamics_options dynamics;
    whole changes;
    whole select;
    bool commit;
} landscape_options;

static const option_row rows[] = {
    {"changes", 0, OPTION_NUMBER, offsetof(landscape_options, changes), N_("N"),
     N_("changes of up to N descriptors at once"), "1", NULL, 1, FPL_CHANGES_MAX},
    {"commit", 0, OPTION_FLAG, offsetof(landscape_options, commit), NULL,
     N_("what was changed stays so; otherwise it may move back"), NULL, NULL, 0, 0},
    {"select", 0, OPTION_NUMBER, offsetof(landscape_options, select), N_("K"),
     N_("name the K scenarios that differ most"), NULL, NULL, 1, 1e6},
    DYNAMICS_ROWS_FREE(rule_words, "local"),
    {0},
};

/* Memory for --select; 0 or the exit code. */
static int choose(command_call *call, const fpl_model *model, fpl_landscape_view *view,
                  size_t **chosen)
{
    const landscape_options *own = call->line.values;
    const size_t n = fpl_scenarios_n(view->scenarios);
    fpl_error error = call_error();
    if (!own->select.given) return 0;
    if ((size_t)own->select.value > n)
        return message_misuse(tr("--select asks for more scenarios than there are: %zu"),
                              n);
    view->n_selected = (int)own->select.value;
    *chosen = calloc((size_t)view->n_selected, sizeof **chosen);
    view->selection = *chosen;
    if (*chosen == NULL) return EXIT_FAULT;
    const fpl_status status = fpl_scenarios_select(model, view->scenarios,
                                                   view->n_selected, true, *chosen,
                                                   &view->selection_exact, &error);
    return status == FPL_OK ? 0 : call_fail(call, &error);
}

static int show(command_call *call, const fpl_model *model,
                const fpl_landscape_options *options)
{
    fpl_limits limits;
    fpl_scenarios *scenarios = NULL;
    fpl_landscape *landscape = NULL;
    fpl_document *document = NULL;
    size_t *chosen = NULL;
    fpl_error error = call_error();
    fpl_landscape_view view = {.options = options};
    call_limits(call, &limits);
    fpl_status status = fpl_scenarios_collect(model, NULL, &limits, &scenarios, &error);
    if (status == FPL_OK)
        status = fpl_landscape_compute(model, scenarios, options, &limits, &landscape,
                                       &error);
    int code = status == FPL_OK ? 0 : call_fail(call, &error);
    view.scenarios = scenarios;
    view.landscape = landscape;
    if (code == 0) code = choose(call, model, &view, &chosen);
    if (code == 0) {
        status = fpl_result_landscape(model, &view, &call->words, &document, &error);
        code = status == FPL_OK ? call_emit(call, document, model, EXIT_ANSWERED)
                                : call_fail(call, &error);
    }
    free(chosen);
    fpl_landscape_free(landscape);
    fpl_scenarios_free(scenarios);
    return code;
}

static int run(command_call *call)
{
    const landscape_options *own = call->line.values;
    fpl_model *model = NULL;
    dynamics_state state;
    fpl_landscape_options options = {
        .max_changes = own->changes.given ? (int)own->changes.value : 1,
        .hold = own->commit};
    int code = call_load(call, call->line.arguments[0], &model);
    if (code != 0) return code;
    code = dynamics_make(&own->dynamics, call, model, FPL_SUCCESSION_LOCAL,
                         &options.dynamics, &state);
    if (code == 0) {
        code = show(call, model, &options);
        dynamics_release(&state);
    }
    fpl_model_free(model);
    return code;
}

const command_row command_landscape = {
    .name = "landscape",
    .arguments = N_("MODEL"),
    .summary = N_("how far futures lie apart, and what moves one into another"),
    .description = N_(
        "The consistent scenarios as a landscape: their distances, how often each "
        "variant occurs, and the transitions. From each scenario one descriptor is "
        "changed, or up to --changes at once, and succession shows where that leads: "
        "which commitment moves one future into another, and how many changes it takes "
        "to leave it.\n"
        "--select names the scenarios that differ most: the least distance between any "
        "two of them is as large as can be."),
    .options = rows,
    .values_size = sizeof(landscape_options),
    .shared = SHARE_RESULT | SHARE_SEARCH | SHARE_SEED,
    .least = 1,
    .most = 1,
    .run = run,
};
