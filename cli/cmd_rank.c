/* rank: the distribution of total tension, and where a scenario stands in it. */
#include "commands.h"
#include "query.h"

#include <stdlib.h>

typedef struct rank_options {
    const char *scenario;
} rank_options;

static const option_row rows[] = {
    {"scenario", 0, OPTION_TEXT, offsetof(rank_options, scenario), N_("SCENARIO"),
     N_("which scenario to rank: the number of a consistent one, or "
        "DESCRIPTOR=VARIANT,... over the "
        "start"),
     N_("the model's start"), NULL, 0, 0},
    {0},
};

static int rank(command_call *call, const fpl_model *model, uint16_t *z)
{
    const rank_options *own = call->line.values;
    char title[256] = "";
    fpl_tension_distribution distribution = {0};
    fpl_document *document = NULL;
    fpl_error error = call_error();
    fpl_limits limits;
    int code;
    bool ranked = own->scenario != NULL || fpl_model_start(model, z);
    if (ranked) {
        code = scenario_choose(call, "--scenario", own->scenario, model, z, title,
                               sizeof title);
        if (code != 0) return code;
    }
    code = call_limits_kept(call, &limits);
    if (code != 0) return code;
    fpl_status status = fpl_tension_distribution_compute(model, &limits, &distribution,
                                                         &error);
    if (status == FPL_OK)
        status = fpl_result_rank(model, &distribution, ranked ? z : NULL, title,
                                 &call->words, &document, &error);
    fpl_tension_distribution_clear(&distribution);
    if (status != FPL_OK) return call_fail(call, &error);
    return call_emit(call, document, model, EXIT_ANSWERED);
}

static int run(command_call *call)
{
    fpl_model *model = NULL;
    int code = call_load(call, call->line.arguments[0], &model);
    if (code != 0) return code;
    uint16_t *z = calloc((size_t)fpl_model_n_descriptors(model), sizeof *z);
    code = z == NULL ? EXIT_FAULT : rank(call, model, z);
    free(z);
    fpl_model_free(model);
    return code;
}

const command_row command_rank = {
    .name = "rank",
    .arguments = N_("MODEL"),
    .summary = N_("how the tension of a scenario compares with that of all others"),
    .description = N_(
        "Compute the exact distribution of total tension over all scenarios of MODEL, "
        "and how "
        "many have less tension than the scenario named. All scenarios are enumerated, "
        "so the "
        "space is limited to 10^9, for each island of the influence graph."),
    .options = rows,
    .values_size = sizeof(rank_options),
    .shared = SHARE_RESULT | SHARE_SEARCH | SHARE_CHECKPOINT,
    .least = 1,
    .most = 1,
    .run = run,
};
