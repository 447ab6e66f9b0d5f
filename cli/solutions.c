/* Solution files: rows of variant numbers that mean something only beside their model. */
#include "solutions.h"

#include <stdlib.h>
#include <string.h>

bool solutions_wanted(const shared_options *shared)
{
    const char *suffix = shared->output == NULL ? NULL : strrchr(shared->output, '.');
    if (shared->format != FORMAT_UNSTATED) return shared->format == FORMAT_SL;
    return suffix != NULL && strcmp(suffix, ".sl") == 0;
}

/* A solution file in the making. */
typedef struct writer {
    const fpl_model *model;
    fpl_solutions *solutions;
    int32_t *balance;
} writer;

static fpl_status add_row(writer *w, const uint16_t *z, const char *weight,
                          fpl_error *error)
{
    fpl_figures figures;
    fpl_consistency(w->model, z, w->balance, NULL, &figures);
    const fpl_solution row = {.z = z,
                              .weight = weight,
                              .consistency = figures.consistency,
                              .fourth = "0",
                              .tis = figures.tis,
                              .text = ""};
    return fpl_solutions_add(w->solutions, &row, error);
}

static fpl_status add_scenarios(writer *w, const void *found, fpl_error *error)
{
    const fpl_scenarios *scenarios = found;
    fpl_status status = FPL_OK;
    for (size_t s = 0; s < fpl_scenarios_n(scenarios) && status == FPL_OK; s++)
        status = add_row(w, fpl_scenarios_get(scenarios, s), "0", error);
    return status;
}

static int by_listing(const void *left, const void *right)
{
    const fpl_basin *a = *(const fpl_basin *const *)left;
    const fpl_basin *b = *(const fpl_basin *const *)right;
    return a->rank < b->rank ? -1 : 1;
}

static fpl_status add_basins(writer *w, const void *found, fpl_error *error)
{
    const fpl_basins *basins = found;
    fpl_status status = FPL_OK;
    const size_t n = fpl_basins_n(basins);
    const fpl_basin **order = calloc(n + 1, sizeof *order);
    if (order == NULL) return FPL_E_MEMORY;
    size_t n_fixed = 0;
    for (size_t i = 0; i < n; i++)
        if (fpl_basins_get(basins, i)->length == 1)
            order[n_fixed++] = fpl_basins_get(basins, i);
    qsort(order, n_fixed, sizeof *order, by_listing);
    for (size_t i = 0; i < n_fixed && status == FPL_OK; i++) {
        char *digits = NULL;
        status = fpl_count_digits(order[i]->weight, &digits);
        if (status == FPL_OK) status = add_row(w, order[i]->members, digits, error);
        fpl_string_free(digits);
    }
    free(order);
    return status;
}

static int write_file(command_call *call, const fpl_model *model,
                      fpl_status (*add)(writer *, const void *, fpl_error *),
                      const void *found, fpl_stop stop)
{
    fpl_error error = call_error();
    char *text = NULL;
    size_t size = 0;
    const int n = fpl_model_n_descriptors(model);
    writer w = {.model = model,
                .balance = calloc((size_t)fpl_model_offset(model, n), sizeof *w.balance)};
    if (w.balance == NULL) return EXIT_FAULT;
    fpl_status status = fpl_solutions_new(n, &w.solutions, &error);
    if (status == FPL_OK) status = add(&w, found, &error);
    if (status == FPL_OK) status = fpl_solutions_write(w.solutions, &text, &size, &error);
    int code = status == FPL_OK ? call_write(call, text, size) : call_fail(call, &error);
    fpl_string_free(text);
    fpl_solutions_free(w.solutions);
    free(w.balance);
    if (code == 0 && stop != FPL_COMPLETE) {
        message_note(tr("stopped at a limit: the file holds a part of the scenarios"));
        code = EXIT_STOPPED;
    }
    return code;
}

int solutions_write(command_call *call, const fpl_model *model,
                    const fpl_scenarios *found)
{
    return write_file(call, model, add_scenarios, found,
                      fpl_scenarios_outcome(found)->stop);
}

int solutions_write_basins(command_call *call, const fpl_model *model,
                           const fpl_basins *basins)
{
    return write_file(call, model, add_basins, basins, fpl_basins_stop(basins));
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
