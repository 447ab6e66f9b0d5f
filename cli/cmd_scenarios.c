/* scenarios: all consistent scenarios, side by side. */
#include "commands.h"
#include "query.h"
#include "solutions.h"

#include <string.h>

static int list(command_call *call, const fpl_model *model, const fpl_query *query)
{
    fpl_scenarios *found = NULL;
    fpl_document *document = NULL;
    fpl_error error = call_error();
    fpl_limits limits;
    int code = call_limits_kept(call, &limits);
    if (code != 0) return code;
    fpl_status status = fpl_scenarios_collect(model, query, &limits, &found, &error);
    if (status != FPL_OK) return call_fail(call, &error);
    if (solutions_wanted(&call->line.shared)) {
        code = solutions_write(call, model, found);
    } else {
        status = fpl_result_scenarios(model, query, found, &call->words, &document,
                                      &error);
        code = status == FPL_OK ? call_emit(call, document, model, EXIT_ANSWERED)
                                : call_fail(call, &error);
    }
    fpl_scenarios_free(found);
    return code;
}

static int run(command_call *call)
{
    return query_run(call, list);
}

const command_row command_scenarios = {
    .name = "scenarios",
    .arguments = N_("MODEL"),
    .summary = N_("all consistent scenarios, side by side"),
    .description = N_("List the consistent scenarios of MODEL: those in which no "
                      "descriptor would rather have "
                      "another variant. The tableau shows descriptors as rows and "
                      "scenarios as columns; equal "
                      "neighbours are shown once.\n"
                      "With --near or --near-total the list also holds scenarios that "
                      "miss by little. With "
                      "--format sl the result is a solution file of ScenarioWizard."),
    .options = query_rows,
    .values_size = sizeof(query_options),
    .shared = SHARE_RESULT | SHARE_SEARCH | SHARE_CHECKPOINT,
    .least = 1,
    .most = 1,
    .run = run,
};
