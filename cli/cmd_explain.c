/* explain: why a scenario, or a variant in it, holds or does not. */
#include "commands.h"
#include "query.h"

#include <stdlib.h>

typedef struct explain_options {
    const char *scenario;
    const char *variant;
} explain_options;

static const option_row rows[] = {
    {"scenario", 0, OPTION_TEXT, offsetof(explain_options, scenario), N_("SCENARIO"),
     N_("which scenario: the number of a consistent one, or DESCRIPTOR=VARIANT,... over "
        "the start"),
     N_("the model's start"), NULL, 0, 0},
    {"variant", 0, OPTION_TEXT, offsetof(explain_options, variant),
     N_("DESCRIPTOR=VARIANT"),
     N_("why would this variant hold there, or not: only its balance sheet"), NULL, NULL,
     0, 0},
    {0},
};

static int explain(command_call *call, const fpl_model *model, uint16_t *z)
{
    const explain_options *own = call->line.values;
    char title[256];
    fpl_fixing *put = NULL;
    fpl_explanation *explanation = NULL;
    fpl_document *document = NULL;
    fpl_error error = call_error();
    int n = 0;
    int code = scenario_choose(call, "--scenario", own->scenario, model, z, title,
                               sizeof title);
    if (code == 0 && own->variant != NULL)
        code = settings_parse("--variant", own->variant, model, &put, &n);
    if (code == 0 && own->variant != NULL && n != 1)
        code = message_misuse(tr("--variant takes one DESCRIPTOR=VARIANT, not '%s'"),
                              own->variant);
    if (code == 0) {
        fpl_status status = n == 1
                                ? fpl_explain_variant(model, z, put->descriptor,
                                                      put->variant, &explanation, &error)
                                : fpl_explain_scenario(model, z, &explanation, &error);
        if (status == FPL_OK)
            status = fpl_result_explanation(model, z, title, n == 1, explanation,
                                            &call->words, &document, &error);
        code = status == FPL_OK ? call_emit(call, document, model, EXIT_ANSWERED)
                                : call_fail(call, &error);
    }
    fpl_explanation_free(explanation);
    free(put);
    return code;
}

static int run(command_call *call)
{
    fpl_model *model = NULL;
    int code = call_load(call, call->line.arguments[0], &model);
    if (code != 0) return code;
    uint16_t *z = calloc((size_t)fpl_model_n_descriptors(model), sizeof *z);
    code = z == NULL ? EXIT_FAULT : explain(call, model, z);
    free(z);
    fpl_model_free(model);
    return code;
}

const command_row command_explain = {
    .name = "explain",
    .arguments = N_("MODEL"),
    .summary = N_("why a scenario, or a variant, is consistent or not"),
    .description = N_("Show the balance sheet of each descriptor in a scenario: every "
                      "argument for its variant "
                      "and for the best rival, with the judgement, the reason, the place "
                      "in the source and the "
                      "grade. The weakest descriptor comes first.\n"
                      "With --variant, only the sheet of that variant, while all others "
                      "stay as they are."),
    .options = rows,
    .values_size = sizeof(explain_options),
    .shared = SHARE_RESULT | SHARE_SEARCH,
    .least = 1,
    .most = 1,
    .run = run,
};
