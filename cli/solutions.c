/* Solution files: rows of variant numbers that mean something only beside their model. */
#include "solutions.h"

#include <stdlib.h>

/* One row of a solution file for each scenario. */
static fpl_status fill(const fpl_model *model, const fpl_scenarios *found,
                       int32_t *balance, fpl_solutions *solutions, fpl_error *error)
{
    fpl_status status = FPL_OK;
    for (size_t s = 0; s < fpl_scenarios_n(found) && status == FPL_OK; s++) {
        fpl_figures figures;
        const uint16_t *z = fpl_scenarios_get(found, s);
        fpl_consistency(model, z, balance, NULL, &figures);
        fpl_solution row = {.z = z,
                            .weight = "0",
                            .consistency = figures.consistency,
                            .fourth = "0",
                            .tis = figures.tis,
                            .text = ""};
        status = fpl_solutions_add(solutions, &row, error);
    }
    return status;
}

int solutions_write(command_call *call, const fpl_model *model,
                    const fpl_scenarios *found)
{
    fpl_solutions *solutions = NULL;
    fpl_error error = call_error();
    char *text = NULL;
    size_t size = 0;
    int n = fpl_model_n_descriptors(model);
    int32_t *balance = calloc((size_t)fpl_model_offset(model, n), sizeof *balance);
    if (balance == NULL) return EXIT_FAULT;
    fpl_status status = fpl_solutions_new(n, &solutions, &error);
    if (status == FPL_OK) status = fill(model, found, balance, solutions, &error);
    if (status == FPL_OK) status = fpl_solutions_write(solutions, &text, &size, &error);
    int code = status == FPL_OK ? call_write(call, text, size) : call_fail(call, &error);
    fpl_string_free(text);
    fpl_solutions_free(solutions);
    free(balance);
    if (code == 0 && fpl_scenarios_outcome(found)->stop != FPL_COMPLETE) {
        message_note(tr("stopped at a limit: the file holds a part of the scenarios"));
        code = EXIT_STOPPED;
    }
    return code;
}

static bool all_fit(const fpl_model *model, const fpl_solutions *solutions)
{
    int n = fpl_model_offset(model, fpl_model_n_descriptors(model));
    int32_t *balance = calloc((size_t)n, sizeof *balance);
    bool fits = balance != NULL;
    for (size_t i = 0; fits && i < fpl_solutions_n(solutions); i++) {
        fpl_figures figures;
        fits = fpl_solution_fit(solutions, i, model, &figures, balance) == FPL_FITS;
    }
    free(balance);
    return fits;
}

int solutions_check(command_call *call, const char *path, const char *model_path)
{
    fpl_model *model = NULL;
    fpl_solutions *solutions = NULL;
    fpl_document *document = NULL;
    fpl_error error = call_error();
    char *text = NULL;
    size_t size = 0;
    int code = call_load(call, model_path, &model);
    if (code != 0) return code;
    fpl_status status = fpl_file_read(path, &text, &size, &error);
    if (status == FPL_OK)
        status = fpl_solutions_read(text, size, path, &solutions, &error);
    if (status == FPL_OK)
        status = fpl_result_solutions(model, solutions, &call->words, &document, &error);
    code = status != FPL_OK
               ? call_fail(call, &error)
               : call_emit(call, document, model,
                           all_fit(model, solutions) ? EXIT_ANSWERED : EXIT_NO);
    fpl_solutions_free(solutions);
    fpl_string_free(text);
    fpl_model_free(model);
    return code;
}
