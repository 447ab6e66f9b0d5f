/* diff: what changed between two models, and which answers that changes. */
#include "commands.h"

typedef struct diff_options {
    bool model_only;
    bool exit_code;
} diff_options;

static const option_row rows[] = {
    {"model-only", 0, OPTION_FLAG, offsetof(diff_options, model_only), NULL,
     N_("compare what the models state and compute no answers"), NULL, NULL, 0, 0},
    {"exit-code", 0, OPTION_FLAG, offsetof(diff_options, exit_code), NULL,
     N_("exit with 1 if the models differ, as git does"), NULL, NULL, 0, 0},
    {0},
};

static int show(command_call *call, const fpl_model *const models[2])
{
    const diff_options *own = call->line.values;
    fpl_difference *difference = NULL;
    fpl_comparison *comparison = NULL;
    fpl_document *document = NULL;
    fpl_limits limits;
    fpl_error error = call_error();
    call_limits(call, &limits);
    fpl_status status = fpl_models_diff(models[0], models[1], &difference, &error);
    if (status == FPL_OK && !own->model_only)
        status = fpl_compare(models[0], models[1], NULL, &limits, &comparison, &error);
    const fpl_comparison_view view = {.models = {models[0], models[1]},
                                      .difference = difference,
                                      .comparison = comparison};
    if (status == FPL_OK)
        status = fpl_result_diff(&view, &call->words, &document, &error);
    int code = status == FPL_OK ? 0 : call_fail(call, &error);
    if (code == 0) {
        const bool differs = fpl_difference_n(difference) > 0;
        code = call_emit(call, document, models[1],
                         own->exit_code && differs ? EXIT_NO : EXIT_ANSWERED);
    }
    fpl_comparison_free(comparison);
    fpl_difference_free(difference);
    return code;
}

static int run(command_call *call)
{
    fpl_model *models[2] = {NULL, NULL};
    int code = 0;
    for (int side = 0; side < 2 && code == 0; side++)
        code = call_load(call, call->line.arguments[side], &models[side]);
    if (code == 0) code = show(call, (const fpl_model *const[]){models[0], models[1]});
    for (int side = 0; side < 2; side++) fpl_model_free(models[side]);
    return code;
}

const command_row command_diff = {
    .name = "diff",
    .arguments = N_("OLD NEW"),
    .summary = N_("what changed between two models, and which answers that changes"),
    .description = N_(
        "Compare the models OLD and NEW, in any format: descriptors, variants, "
        "judgements "
        "value by value with the reasons of both sides, exclusions, measures, gates and "
        "all else, in the order of the file. Things are matched by their ids; what is "
        "renamed is recognised where only one reading is possible.\n"
        "Then the answers: scenarios lost and gained, rows of the roadmap and verdicts "
        "on "
        "gates that change. fahrplan whatif says why.\n"
        "The exit code is 0 also if the models differ, unless --exit-code is given. "
        "Of each model at most 10000 scenarios are looked at, or --limit."),
    .options = rows,
    .values_size = sizeof(diff_options),
    .shared = SHARE_RESULT | SHARE_SEARCH,
    .least = 2,
    .most = 2,
    .run = run,
};
