/* count: how many scenarios there are, exactly. */
#include "commands.h"
#include "query.h"

static int count(command_call *call, const fpl_model *model, const fpl_query *query)
{
    fpl_document *document = NULL;
    fpl_outcome outcome = {0};
    fpl_count number = {0};
    fpl_error error = call_error();
    fpl_limits limits;
    int code = call_limits_kept(call, &limits);
    if (code != 0) return code;
    fpl_status status = fpl_scenarios_count(model, query, &limits, &number, &outcome,
                                            &error);
    if (status == FPL_OK)
        status = fpl_result_count(model, query, &number, &outcome, &call->words,
                                  &document, &error);
    fpl_count_clear(&number);
    if (status != FPL_OK) return call_fail(call, &error);
    return call_emit(call, document, model, EXIT_ANSWERED);
}

static int run(command_call *call)
{
    return query_run(call, count);
}

const command_row command_count = {
    .name = "count",
    .arguments = N_("MODEL"),
    .summary = N_("how many scenarios are consistent, exactly"),
    .description = N_(
        "Count the consistent scenarios of MODEL, or those that the options ask for, "
        "without "
        "listing them. Islands of the influence graph are counted apart and multiplied, "
        "so the "
        "number may be far beyond what can be listed.\n"
        "If a limit ends the count, the number is a lower bound and the exit code is 4."),
    .options = query_rows,
    .values_size = sizeof(query_options),
    .shared = SHARE_RESULT | SHARE_SEARCH | SHARE_CHECKPOINT,
    .least = 1,
    .most = 1,
    .run = run,
};
