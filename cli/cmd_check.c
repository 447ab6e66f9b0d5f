/* check: read everything, and remark what a careful colleague would. */
#include "commands.h"

typedef struct check_options {
    bool strict;
} check_options;

static const option_row rows[] = {
    {"strict", 0, OPTION_FLAG, offsetof(check_options, strict), NULL,
     N_("exit with 1 if there is a finding that is probably a slip"), NULL, NULL, 0, 0},
    {0},
};

static bool has_doubt(const fpl_findings *findings)
{
    for (size_t i = 0; i < fpl_findings_n(findings); i++) {
        if (fpl_findings_get(findings, i)->weight == FPL_DOUBT) return true;
    }
    return false;
}

static int run(command_call *call)
{
    const check_options *own = call->line.values;
    fpl_model *model = NULL;
    fpl_findings *findings = NULL;
    fpl_document *document = NULL;
    fpl_error error = call_error();
    int code = call_load(call, call->line.arguments[0], &model);
    if (code != 0) return code;
    fpl_status status = fpl_model_lint(model, &findings, &error);
    if (status == FPL_OK)
        status = fpl_result_findings(model, findings, &call->words, &document, &error);
    int answer = own->strict && findings != NULL && has_doubt(findings) ? EXIT_NO
                                                                        : EXIT_ANSWERED;
    code = status == FPL_OK ? call_emit(call, document, model, answer)
                            : call_fail(call, &error);
    fpl_findings_free(findings);
    fpl_model_free(model);
    return code;
}

const command_row command_check = {
    .name = "check",
    .arguments = N_("MODEL"),
    .summary = N_("is the file in order, and what would a careful colleague remark?"),
    .description = N_(
        "Read MODEL completely. An error stops with its line and exit code 3. Findings "
        "advise: "
        "judgement groups that do not sum to zero, sections nobody judged, descriptors "
        "that "
        "receive or send nothing, variants that no scenario can choose, judgements "
        "outside the "
        "scale, stated status of a measure against the rules, hedges that nobody uses or "
        "explains."),
    .options = rows,
    .values_size = sizeof(check_options),
    .shared = SHARE_RESULT,
    .least = 1,
    .most = 1,
    .run = run,
};
